package dev.mallard.store;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A thread that works off a queue: it sleeps while nothing waits, takes what waits as one piece,
 * and works on it without the lock. Closing works off the rest.
 */
final class DrainingThread<P> implements AutoCloseable {
  private final Queue<P> queue;
  private final Consumer<P> work;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean closing;

  /** What waits; only ever touched under the thread's lock. */
  interface Queue<P> {
    boolean isEmpty();

    /** Removes the next piece of work; not called when empty. */
    P take();
  }

  /**
   * @param work must not throw
   */
  DrainingThread(String name, Queue<P> queue, Consumer<P> work) {
    this.queue = queue;
    this.work = work;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Does something to the queue under its lock, and wakes the thread if something waits then. */
  <T> T locked(Supplier<T> step) {
    lock.lock();
    try {
      T result = step.get();
      if (!queue.isEmpty()) {
        changed.signal();
      }
      return result;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing more may be queued; ask under the lock. */
  boolean isClosing() {
    return closing;
  }

  private void run() {
    while (awaitWork()) {
      work.accept(locked(queue::take));
    }
  }

  /** False once it closes and nothing is left. */
  private boolean awaitWork() {
    lock.lock();
    try {
      while (queue.isEmpty() && !closing) {
        changed.awaitUninterruptibly();
      }
      return !queue.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Works off what waits, then ends the thread. An interrupt is kept for later: closing RocksDB
   * under a running thread would crash the process.
   */
  @Override
  public void close() {
    if (thread == Thread.currentThread()) {
      throw new IllegalStateException(thread.getName() + " cannot close its own store");
    }
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    boolean isInterrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
