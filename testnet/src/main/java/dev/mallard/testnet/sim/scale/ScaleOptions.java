package dev.mallard.testnet.sim.scale;

import dev.mallard.stake.StakeTable;
import java.util.List;

/**
 * What a scale run goes through: every size with every spread of stake and every share of it
 * crashed.
 *
 * @param sizes replicas a side
 * @param stakes spreads of stake
 * @param crashedPercents of each side's stake, down from the start; as many replicas as fit below
 * @param bundlesMax bundles of one run at most
 * @param inputsMax fewer bundles where so many acknowledgements and attestations would be more
 * @param isMeasuring whether to take times and memory, not counts only
 */
public record ScaleOptions(
    List<Integer> sizes,
    List<ScaleStakes> stakes,
    List<Integer> crashedPercents,
    int bundlesMax,
    long inputsMax,
    boolean isMeasuring) {
  /** Above it more than u of a Byzantine table would be down, and nothing is owed. */
  public static final int CRASHED_PERCENT_MAX = 33;

  /** However large the tables, as many bundles cross. */
  private static final int BUNDLES_MIN = 12;

  public ScaleOptions {
    sizes = List.copyOf(sizes);
    stakes = List.copyOf(stakes);
    crashedPercents = List.copyOf(crashedPercents);
    sizes.forEach(size -> check("replicas a side", size, 1, StakeTable.VALIDATORS_MAX));
    crashedPercents.forEach(
        percent -> check("percent of the stake crashed", percent, 0, CRASHED_PERCENT_MAX));
    check("bundles of a run", bundlesMax, 1, 1_000_000);
  }

  /** From a small network to the largest validator sets, as docs/SCALE.md shows them. */
  public static ScaleOptions defaults() {
    return new ScaleOptions(
        List.of(4, 10, 19, 50, 100, 300, 1000),
        List.of(ScaleStakes.values()),
        List.of(0, 10, CRASHED_PERCENT_MAX),
        400,
        10_000_000,
        true);
  }

  /** How many bundles cross in a run of this size. */
  int bundles(int size) {
    long inputsPerBundle = 2L * size * size;
    long affordable = Math.max(BUNDLES_MIN, inputsMax / inputsPerBundle);
    return (int) Math.min(bundlesMax, affordable);
  }

  private static void check(String what, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          value + " " + what + ", must be between " + min + " and " + max);
    }
  }
}
