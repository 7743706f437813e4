package dev.mallard.net;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes of one connection that were handed over and not yet worked off. Any thread. */
final class InboundPressure {
  private final long bytesMax;
  private final Runnable onRelieved;
  private final AtomicLong outstanding = new AtomicLong();

  /**
   * Starts at none.
   *
   * @param onRelieved called, perhaps in vain, when the pressure has sunk to half the limit
   */
  InboundPressure(long bytesMax, Runnable onRelieved) {
    this.bytesMax = bytesMax;
    this.onRelieved = onRelieved;
  }

  /** Counts a frame; the answer takes it off again, once, however often it is run. */
  Runnable add(int bytes) {
    outstanding.addAndGet(bytes);
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true)) {
        long before = outstanding.getAndAdd(-bytes);
        if (before > bytesMax / 2 && before - bytes <= bytesMax / 2) {
          onRelieved.run();
        }
      }
    };
  }

  boolean isHigh() {
    return outstanding.get() > bytesMax;
  }

  boolean isRelieved() {
    return outstanding.get() <= bytesMax / 2;
  }
}
