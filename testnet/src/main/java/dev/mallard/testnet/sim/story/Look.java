package dev.mallard.testnet.sim.story;

/** Colours, marks and strokes of a picture. */
final class Look {
  static final String STYLE =
      """
      <style>
      text{font-family:Inter,'Segoe UI',Helvetica,Arial,'DejaVu Sans',sans-serif;fill:#334155}
      .title{font-size:19px;font-weight:600;fill:#0f172a}.sub{font-size:12px;fill:#64748b}
      .lane{font-size:12px;font-weight:600;fill:#0f172a}.stake{font-size:10px;fill:#94a3b8}
      .axis{font-size:10px;fill:#94a3b8}.num{font-size:9px;paint-order:stroke;stroke:#fff;stroke-width:2.4px;stroke-linejoin:round}.tag{font-size:9.5px;font-weight:600}
      .ab{stroke:#2563eb}.ba{stroke:#059669}.fab{fill:#2563eb}.fba{fill:#059669}
      .first{stroke-width:1.7;fill:none}.copy{stroke-width:.7;opacity:.38;fill:none}
      .again{stroke:#dc2626;stroke-width:1.5;stroke-dasharray:4 3;fill:none}
      .lie{stroke:#be185d;stroke-width:.9;stroke-dasharray:1 2.5;fill:none;opacity:.75}
      .bad{stroke:#dc2626;stroke-width:1.6;fill:none}.dim{opacity:.5}
      .submit{stroke-width:1;stroke-dasharray:2 2;fill:none;opacity:.8}
      </style>
      """;

  static final String DEFINITIONS =
      """
      <defs>
      <pattern id="cut" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" fill="#ede9fe"/><rect width="2.6" height="7" fill="#c4b5fd"/></pattern>
      <pattern id="rpc" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#e0f2fe"/><circle cx="3" cy="3" r="1.1" fill="#7dd3fc"/></pattern>
      <pattern id="halt" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect width="8" height="8" fill="#f1f5f9"/><rect width="3" height="8" fill="#cbd5e1"/></pattern>
      <pattern id="slow" width="9" height="6" patternUnits="userSpaceOnUse"><rect width="9" height="6" fill="#fefce8"/><path d="M2 1l3 2l-3 2" stroke="#facc15" fill="none"/></pattern>
      <path id="certified" d="M0-4L4 0L0 4L-4 0Z" fill="#fff" stroke-width="1.3"/>
      <rect id="held" x="-3" y="-3" width="6" height="6" rx="1" stroke="#fff" stroke-width=".8"/>
      <circle id="quack" r="3.6" stroke="#fff" stroke-width=".8"/>
      <path id="executed" d="M0-5.5L5 4H-5Z" stroke="#fff" stroke-width=".8"/>
      <path id="refused" d="M-4-4L4 4M4-4L-4 4" stroke="#dc2626" stroke-width="2"/>
      <path id="lost" d="M-3.4-3.4L3.4 3.4M3.4-3.4L-3.4 3.4" stroke="#dc2626" stroke-width="1.7"/>
      <g id="kept"><circle r="4" fill="#fff" stroke="#be185d" stroke-width="1.3"/><path d="M-2.8 2.8L2.8-2.8" stroke="#be185d" stroke-width="1.3"/></g>
      <rect id="tick" x="-.6" y="-5" width="1.2" height="10" fill="#be185d" opacity=".55"/>
      <path id="faint" d="M-2.4-2.4L2.4 2.4M2.4-2.4L-2.4 2.4" stroke="#f87171" stroke-width="1"/>
      </defs>
      """;

  static final String DOWN = "fill=\"#475569\" opacity=\".82\" rx=\"3\"";
  static final String CUT = "fill=\"url(#cut)\"";
  static final String RPC = "fill=\"url(#rpc)\"";
  static final String HALT = "fill=\"url(#halt)\"";
  static final String SLOW = "fill=\"url(#slow)\"";
  static final String DISK = "fill=\"#fdba74\" opacity=\".75\" rx=\"3\"";

  private Look() {}

  /** The class of a stream: {@code ab} from the first side to the second. */
  static String stream(int source) {
    return source == 0 ? "ab" : "ba";
  }
}
