package dev.mallard.c3b;

/** Where a bundle came from; the peer is authenticated, its content is not believed. */
public sealed interface Origin {
  /** Index of the peer in its RSM's stake table. */
  int replica();

  /** A replica of the source RSM. */
  record Remote(int replica) implements Origin {}

  /**
   * Another replica of this, the destination RSM: a broadcast ([RECV-2]) or an answer to a fetch
   * ([GC-2]).
   */
  record Local(int replica) implements Origin {}
}
