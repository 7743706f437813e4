package dev.mallard.c3b.quack;

import dev.mallard.c3b.StateSink;

/**
 * What the quicker ones of a replica's recent delays were. Of the bundles that crossed in the first
 * round at least a quarter found both ends up, whatever u of the two sides is down; so the third
 * smallest of sixteen is hardly ever the delay of a loss that somebody else mended.
 */
final class QuickDelays {
  private static final int RECENT = 16;
  private static final int RANK = 3;

  private final int[] recent = new int[RECENT];
  private int count;
  private int quick;

  /** A delay was measured. */
  void onSample(long delayMillis) {
    recent[count % RECENT] = Math.clamp(delayMillis, 0, Integer.MAX_VALUE);
    count = count == 2 * RECENT - 1 ? RECENT : count + 1;
    quick = ranked();
  }

  /** The third smallest of the last sixteen, or of those there are. */
  int millis() {
    return quick;
  }

  /** For {@link StateSink}. */
  void describeState(StateSink sink) {
    sink.put(count);
    for (int i = 0; i < Math.min(count, RECENT); i++) {
      sink.put(recent[i]);
    }
  }

  private int ranked() {
    int first = Integer.MAX_VALUE;
    int second = Integer.MAX_VALUE;
    int third = Integer.MAX_VALUE;
    for (int i = 0; i < Math.min(count, RECENT); i++) {
      int delay = recent[i];
      if (delay < first) {
        third = second;
        second = first;
        first = delay;
      } else if (delay < second) {
        third = second;
        second = delay;
      } else if (delay < third) {
        third = delay;
      }
    }
    return count < RANK ? first : third;
  }
}
