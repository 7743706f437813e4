package dev.mallard.testnet.sim;

import java.util.List;

/**
 * The lines and fields of a plan as a file: what {@link PlanText} writes and {@link PlanReader}
 * reads.
 */
final class PlanForm {
  static final String FIRST_LINE = "mallard-sim-plan 1";
  static final String FOR_EVER = "never";

  static final List<String> SIDE = List.of("stakes", "u", "r");
  static final List<String> CHAIN =
      List.of(
          "block-ms",
          "finality-blocks",
          "reorg-permille",
          "reorg-depth",
          "drop-permille",
          "stuck-permille",
          "delay-permille",
          "delay-blocks");
  static final List<String> C3B =
      List.of(
          "window-bundles",
          "window-bytes",
          "phi-bits",
          "quantum",
          "tick-ms",
          "loss-timeout-initial-ms",
          "loss-timeout-min-ms",
          "loss-timeout-max-ms",
          "ack-interval-ms",
          "heartbeat-ms",
          "fetch-batch");
  static final List<String> NODE = List.of("takeover-blocks", "retention-bundles");
  static final List<String> NET =
      List.of("delay-ms", "jitter-ms", "loss-permille", "duplicate-permille", "reorders");
  static final List<String> MACHINE =
      List.of("lag-ms", "work-ms", "fsync-ms", "rpc-ms", "journal-commits");
  static final List<String> TRAFFIC =
      List.of(
          "transfers", "gap-ms", "padding-bytes", "fail-permille", "deadline-permille", "probes");

  private PlanForm() {}

  /** {@code ACKS_HIGH} as it is written: {@code acks-high}. */
  static String word(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
