package dev.mallard.store;

/** Ending the store's threads. */
final class StoreThreads {
  private StoreThreads() {}

  /**
   * Waits for a thread's end; an interrupt is kept for later, since closing under a running thread
   * would crash RocksDB.
   */
  static void joinUninterruptibly(Thread thread) {
    if (thread == Thread.currentThread()) {
      throw new IllegalStateException(thread.getName() + " cannot close its own store");
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
