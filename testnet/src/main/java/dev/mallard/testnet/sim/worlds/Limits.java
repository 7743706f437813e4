package dev.mallard.testnet.sim.worlds;

import java.time.Duration;

/**
 * How much a walk may cost. One that would cost more is cut down, and its report says so.
 *
 * @param duration of wall time, for all places of the liar together
 * @param statesMax of one walk; 30 to 60 bytes of memory each
 * @param depthMax events or surprises, as {@link Manner#counted} says; 0 for surprises: none
 * @param workers threads
 */
public record Limits(Duration duration, long statesMax, int depthMax, int workers) {
  /** What a small world may take: ten minutes on two cores, and 4 GiB. */
  public static Limits standard() {
    return new Limits(Duration.ofMinutes(10), 100_000_000, Integer.MAX_VALUE, 2);
  }

  /** The same, with another duration. */
  public Limits within(Duration other) {
    return new Limits(other, statesMax, depthMax, workers);
  }

  public Limits {
    if (duration.isNegative()
        || duration.isZero()
        || statesMax < 1
        || depthMax < 0
        || workers < 1) {
      throw new IllegalArgumentException(
          "a walk needs time, states, depth and workers: "
              + duration
              + ", "
              + statesMax
              + ", "
              + depthMax
              + ", "
              + workers);
    }
  }
}
