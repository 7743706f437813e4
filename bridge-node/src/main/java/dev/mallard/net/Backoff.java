package dev.mallard.net;

import java.util.random.RandomGenerator;

/**
 * Delays that double up to a maximum, each shortened by a random part so that peers don't act in
 * step. Not thread-safe.
 */
final class Backoff {
  private final int millisMin;
  private final int millisMax;
  private final RandomGenerator random;
  private int millis;

  Backoff(int millisMin, int millisMax, RandomGenerator random) {
    this.millisMin = millisMin;
    this.millisMax = millisMax;
    this.random = random;
    this.millis = millisMin;
  }

  /** The next delay: half of the current one at least. */
  int nextMillis() {
    int full = millis;
    millis = (int) Math.min(millisMax, 2L * millis);
    return full - random.nextInt(full / 2 + 1);
  }

  void reset() {
    millis = millisMin;
  }
}
