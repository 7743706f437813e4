package dev.mallard.replica;

import java.util.ArrayDeque;

/** Workers that work when the test says so, and have as much room as it says. */
final class HandWorkers implements Workers {
  private final ArrayDeque<Work> queue = new ArrayDeque<>();
  int room = Integer.MAX_VALUE;

  private record Work(Runnable work, Runnable failed) {}

  @Override
  public boolean offer(Runnable work, Runnable failed) {
    if (queue.size() >= room) {
      return false;
    }
    queue.add(new Work(work, failed));
    return true;
  }

  int waiting() {
    return queue.size();
  }

  /** Does what waits, as a node's workers do it: a bug is told to who handed the work over. */
  void work() {
    for (Work next = queue.poll(); next != null; next = queue.poll()) {
      try {
        next.work().run();
      } catch (RuntimeException | Error bug) {
        next.failed().run();
      }
    }
  }
}
