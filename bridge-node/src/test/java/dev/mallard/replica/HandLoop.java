package dev.mallard.replica;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A loop that a test turns by hand; time stands still until the test moves it. */
final class HandLoop implements StreamLoop {
  private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
  long now = 1_000;
  @Nullable Throwable haltCause;

  /** Works off what waits, and what that brings. */
  void turn() {
    for (Runnable step = queue.poll(); step != null; step = queue.poll()) {
      step.run();
    }
  }

  @Override
  public void start(Driven driven) {
    turn();
  }

  @Override
  public long nowMillis() {
    return now;
  }

  @Override
  public long wallMillis() {
    return now;
  }

  @Override
  public boolean offer(Runnable work, Runnable done) {
    post(() -> {
      work.run();
      done.run();
    });
    return haltCause == null;
  }

  @Override
  public void post(Runnable completion) {
    if (haltCause == null) {
      queue.add(completion);
    }
  }

  @Override
  public void halt(Throwable cause) {
    if (haltCause == null) {
      haltCause = cause;
      queue.clear();
    }
  }

  @Override
  public int waiting() {
    return queue.size();
  }

  @Override
  public void close() {
    queue.clear();
  }
}
