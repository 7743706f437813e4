package dev.mallard.net;

import java.util.concurrent.TimeUnit;

/** A bucket of messages that fills with time: tells a busy peer from a flood. Not thread-safe. */
final class MessageRate {
  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int perSecond;
  private final int burst;
  private final long fillNanos;
  private long left;
  private long filledNanos;

  MessageRate(int perSecond, int burst, long nowNanos) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.fillNanos = NANOS * burst / perSecond;
    this.left = burst;
    this.filledNanos = nowNanos;
  }

  /** Whether so many more messages are no flood; they are counted if not. */
  boolean isWithin(int messages, long nowNanos) {
    long passed = nowNanos - filledNanos;
    if (passed >= fillNanos) {
      left = burst;
      filledNanos = nowNanos;
    } else {
      long more = passed * perSecond / NANOS;
      left = Math.min(burst, left + more);
      filledNanos += more * NANOS / perSecond;
    }
    if (messages > left) {
      return false;
    }
    left -= messages;
    return true;
  }
}
