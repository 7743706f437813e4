package dev.mallard.c3b;

/**
 * A rising number, read with a delay: what it was at least a while ago. What lags behind the
 * settled value is late; what lags behind the present one may simply be on its way.
 */
public final class SettledValue {
  private final long delayMillis;
  private long settled;
  private long pending;
  private long pendingSince = StepClock.LONG_AGO;

  /**
   * @param delayMillis how old a value must be to count as settled; it does after at most twice as
   *     long
   */
  public SettledValue(long delayMillis, long start) {
    this.delayMillis = delayMillis;
    this.settled = start;
    this.pending = start;
  }

  /** Takes the present value. */
  public void observe(long value, long now) {
    if (now - pendingSince >= delayMillis) {
      settled = pending;
      pending = value;
      pendingSince = now;
    }
  }

  /** What the value was a while ago. */
  public long settled() {
    return settled;
  }

  /** For {@link StateSink}. */
  public void describeState(StateSink sink, long now) {
    sink.put(settled);
    sink.put(pending);
    sink.putAge(now, pendingSince, delayMillis);
  }
}
