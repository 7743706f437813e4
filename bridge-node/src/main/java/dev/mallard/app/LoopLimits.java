package dev.mallard.app;

/**
 * Limits and pace of a stream's loop.
 *
 * @param offeredMax pieces of work of peers that may wait
 * @param tickMillis how often it ticks while anything is outstanding
 * @param idleTickMillis how often otherwise
 */
record LoopLimits(int offeredMax, int tickMillis, int idleTickMillis) {
  LoopLimits {
    if (offeredMax < 1 || tickMillis < 1 || idleTickMillis < tickMillis) {
      throw new IllegalArgumentException(
          "loop limits: offered "
              + offeredMax
              + " and tick "
              + tickMillis
              + " must be positive, idle tick "
              + idleTickMillis
              + " no shorter than tick");
    }
  }
}
