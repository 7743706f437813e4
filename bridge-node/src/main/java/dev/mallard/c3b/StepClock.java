package dev.mallard.c3b;

/**
 * Time as one state machine sees it, in milliseconds from an arbitrary start that is far above
 * zero.
 *
 * <p>Two readings: {@link #now} follows the clock; {@link #active} leaves out the time in which
 * this machine was not given a turn. Loss is measured on the second, so that a node that was itself
 * paused does not take its own silence for that of others ([LOSS-1]).
 */
public final class StepClock {
  /** The date of what never happened: longer ago than any timeout. */
  public static final long LONG_AGO = 0;

  private static final long START = 1L << 40;

  private final long pauseMillisMax;
  private boolean isStarted;
  private long lastReading;
  private long now = START;
  private long active = START;

  /**
   * @param pauseMillisMax the longest time between two steps that counts in full as active
   */
  public StepClock(long pauseMillisMax) {
    this.pauseMillisMax = pauseMillisMax;
  }

  /** Takes the time of a step. */
  public void advance(long nowMillis) {
    if (isStarted) {
      long passed = nowMillis - lastReading;
      Invariant.check(passed >= 0, () -> "time went back by " + -passed + " ms");
      now += passed;
      active += Math.min(passed, pauseMillisMax);
    }
    isStarted = true;
    lastReading = nowMillis;
  }

  /** Milliseconds that have passed. */
  public long now() {
    return now;
  }

  /** Milliseconds in which this machine could have heard something. */
  public long active() {
    return active;
  }

  /** Whether it runs; times are described by those who hold them. */
  void describeState(StateSink sink) {
    sink.put(isStarted);
  }
}
