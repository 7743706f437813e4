package dev.mallard.replica;

/** Where signatures, disk reads and calls to the chain run, off the loops; the queue is bounded. */
public interface Workers {
  /**
   * Hands work over; false when the queue is full: the caller drops it and the protocol recovers,
   * or tries later.
   */
  default boolean offer(Runnable work) {
    return offer(work, () -> {});
  }

  /**
   * Hands work over, which must not fail.
   *
   * @param failed runs instead of the rest of work that met a bug, so that nobody waits for it for
   *     ever
   */
  boolean offer(Runnable work, Runnable failed);
}
