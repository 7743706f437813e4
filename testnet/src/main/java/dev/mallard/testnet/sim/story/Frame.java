package dev.mallard.testnet.sim.story;

import dev.mallard.stake.Stake;
import dev.mallard.testnet.sim.Act;
import dev.mallard.testnet.sim.SimPlan;
import dev.mallard.testnet.sim.Simulation;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Everything of a picture that does not move: title, lanes, axis, legend. */
final class Frame {
  private static final long[] AXIS_STEPS_MILLIS = {100, 200, 500, 1_000, 2_000, 5_000, 10_000};
  private static final double AXIS_STEP_PIXELS_MIN = 70;
  private static final double TITLE_CHARACTER = 11;
  private static final int STAKE_CHARACTERS_MAX = 6;

  private final Simulation.Result result;
  private final SimPlan plan;
  private final Window window;
  private final Scale scale;
  private final Svg svg;

  Frame(Simulation.Result result, Window window, Scale scale, Svg svg) {
    this.result = result;
    this.plan = result.plan();
    this.window = window;
    this.scale = scale;
    this.svg = svg;
  }

  void title() {
    svg.rect(0, 0, scale.width(), height(), "fill=\"#ffffff\"");
    String title = "Mallard simulator, seed " + plan.seed();
    svg.text(20, 34, "class=\"title\"", title);
    svg.text(20, 54, "class=\"sub\"", summary());
    boolean isBroken = result.violation().isPresent();
    String verdict =
        result
            .violation()
            .map(found -> "violated: " + found.clause())
            .orElse("all guarantees held");
    double width = 30 + 7.2 * verdict.length();
    String colours = isBroken ? "#fee2e2" : "#dcfce7";
    double left = 40 + TITLE_CHARACTER * title.length();
    svg.rect(left, 17, width, 24, "rx=\"12\" fill=\"" + colours + "\"");
    String look =
        "style=\"font-size:12.5px;font-weight:600;fill:"
            + (isBroken ? "#b91c1c" : "#15803d")
            + "\"";
    svg.text(left + width / 2, 33, look + " text-anchor=\"middle\"", verdict);
  }

  private String summary() {
    return String.format(
        Locale.ROOT,
        "%d and %d replicas, %d bundles, %s s of virtual time; network %d to %d ms, %d ‰ lost, %d ‰"
            + " duplicated%s",
        plan.sides().get(0).table().size(),
        plan.sides().get(1).table().size(),
        result.bundles(),
        Clock.of(result.endMillis()),
        plan.net().delayMillis(),
        plan.net().delayMillis() + plan.net().jitterMillis(),
        plan.net().lossPermille(),
        plan.net().duplicatePermille(),
        plan.net().isReordering() ? ", reordered" : "");
  }

  // --- lanes ---

  void lanes() {
    for (int node = 0; node < plan.nodes(); node++) {
      replicaLane(node);
    }
    for (int side = 0; side < 2; side++) {
      double y = scale.chainY(side);
      double height = scale.chainHeight();
      String look = "fill=\"#f1f5f9\" rx=\"4\"";
      svg.rect(8, y - height / 2 + 1, scale.right() - 8, height - 2, look);
      svg.line(Scale.LEFT, y, scale.right(), y, "stroke=\"#cbd5e1\"");
      svg.text(20, y + 4, "class=\"lane\"", side == 0 ? "chain a" : "chain b");
      svg.text(76, y + 4, "class=\"stake\"", "final blocks");
    }
  }

  private void replicaLane(int node) {
    double y = scale.y(node);
    double height = scale.laneHeight();
    Set<Act> acts = plan.liars().getOrDefault(node, Set.of());
    String background =
        !acts.isEmpty() ? "#fdf2f8" : plan.indexOf(node) % 2 == 0 ? "#fafbfd" : "#ffffff";
    svg.rect(8, y - height / 2, scale.right() - 8, height, "fill=\"" + background + "\"");
    svg.line(Scale.LEFT, y, scale.right(), y, "stroke=\"#e2e8f0\"");
    svg.open("", acts.isEmpty() ? "" : "liar: " + new TreeSet<>(acts));
    svg.text(20, y + 4, "class=\"lane\"", plan.nameOf(node));
    svg.text(46, y + 4, "class=\"stake\"", "stake " + stake(node));
    if (!acts.isEmpty()) {
      svg.rect(116, y - 7, 25, 14, "rx=\"7\" fill=\"#be185d\"");
      svg.text(128.5, y + 3.4, "class=\"tag\" style=\"fill:#fff\" text-anchor=\"middle\"", "liar");
    }
    svg.close();
  }

  private String stake(int node) {
    Stake stake = plan.sides().get(plan.sideOf(node)).table().stakeOf(plan.indexOf(node));
    String units = stake.units().toString();
    return units.length() <= STAKE_CHARACTERS_MAX
        ? units
        : units.charAt(0) + "." + units.charAt(1) + "e" + (units.length() - 1);
  }

  // --- time ---

  void axis() {
    long step = AXIS_STEPS_MILLIS[AXIS_STEPS_MILLIS.length - 1];
    for (long candidate : AXIS_STEPS_MILLIS) {
      if (candidate * scale.pixelsPerSecond() / 1_000 >= AXIS_STEP_PIXELS_MIN) {
        step = candidate;
        break;
      }
    }
    long first = (window.fromMillis() + step - 1) / step * step;
    for (long at = first; at <= window.toMillis(); at += step) {
      double x = scale.x(at);
      svg.line(x, Scale.TOP - 4, x, scale.bottom(), "stroke=\"#eef2f7\"");
      String label =
          step < 1_000 ? String.format(Locale.ROOT, "%.1f s", at / 1_000.0) : at / 1_000 + " s";
      svg.text(x, Scale.TOP - 10, "class=\"axis\" text-anchor=\"middle\"", label);
    }
  }

  void turns() {
    if (window.contains(plan.healAtMillis()) && plan.healAtMillis() <= result.endMillis()) {
      turn(plan.healAtMillis(), "#16a34a", plan.isFaultless() ? "probes" : "faults over", 4);
    }
    if (result.violation().isPresent() && window.contains(result.endMillis())) {
      turn(result.endMillis(), "#dc2626", "violation", -4);
    }
  }

  private void turn(long at, String colour, String what, double shift) {
    double x = scale.x(at);
    String stroke = "stroke=\"" + colour + "\" stroke-width=\"1.4\" stroke-dasharray=\"5 4\"";
    svg.line(x, Scale.TOP - 4, x, scale.bottom() + 6, stroke);
    String anchor = shift > 0 ? "start" : "end";
    String look = "class=\"tag\" style=\"fill:" + colour + "\" text-anchor=\"" + anchor + "\"";
    svg.text(x + shift, scale.bottom() + 12, look, what);
  }

  /** What was broken, under the lanes. */
  void footer() {
    result
        .violation()
        .ifPresent(found -> {
          String text = String.valueOf(found.getMessage());
          int most = (int) (scale.width() / 6.6);
          svg.text(
              20,
              scale.bottom() + 34,
              "class=\"sub\" style=\"fill:#b91c1c\"",
              text.length() > most ? text.substring(0, most) + "…" : text);
        });
  }

  double height() {
    return scale.bottom() + (result.violation().isPresent() ? 50 : 26);
  }
}
