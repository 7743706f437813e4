package dev.mallard.chain.evm;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for a condition, with a deadline. */
final class Eventually {
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Eventually() {}

  static void is(String what, Duration limit, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + limit + ": " + what);
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  /** The first value that is not null. */
  static <T> T value(String what, Callable<@Nullable T> source) throws Exception {
    AtomicReference<@Nullable T> found = new AtomicReference<>();
    is(
        what,
        PATIENCE,
        () -> {
          found.set(source.call());
          return found.get() != null;
        });
    return Objects.requireNonNull(found.get());
  }
}
