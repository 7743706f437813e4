package dev.mallard.net;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, with a deadline. */
final class Eventually {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final long LOOK_NANOS = Duration.ofMillis(2).toNanos();

  private Eventually() {}

  static void holds(String what, BooleanSupplier condition) {
    holds(() -> what, condition);
  }

  static void holds(Supplier<String> what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > DEADLINE.toNanos()) {
        throw new AssertionError("not within " + DEADLINE + ": " + what.get());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
