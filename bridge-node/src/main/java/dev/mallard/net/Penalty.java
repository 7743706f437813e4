package dev.mallard.net;

import java.util.concurrent.TimeUnit;

/**
 * How long a peer that broke the rules is left alone: doubles with each time, and is forgotten
 * after as long again. Not thread-safe.
 */
final class Penalty {
  private final long nanosMin;
  private final long nanosMax;
  private long nanos;
  private long startNanos;

  Penalty(NetLimits.Retry limits) {
    this.nanosMin = TimeUnit.MILLISECONDS.toNanos(limits.penaltyMillisMin());
    this.nanosMax = TimeUnit.MILLISECONDS.toNanos(limits.penaltyMillisMax());
  }

  void onFault(long nowNanos) {
    boolean forgotten = nanos == 0 || nowNanos - startNanos > nanos + nanosMax;
    nanos = forgotten ? nanosMin : Math.min(nanosMax, 2 * nanos);
    startNanos = nowNanos;
  }

  long leftNanos(long nowNanos) {
    return nanos == 0 ? 0 : Math.max(0, nanos - (nowNanos - startNanos));
  }
}
