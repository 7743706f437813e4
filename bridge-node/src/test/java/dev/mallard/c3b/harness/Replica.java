package dev.mallard.c3b.harness;

import dev.mallard.c3b.Input;

/** One replica of either side, as the network and the crash plan see it. */
public interface Replica {
  /** {@code s0}, {@code d3}. */
  String name();

  /** Takes what the network brings; a replica that is down does not hear it. */
  void receive(Input input);

  /** Stops at once; what was not durable is forgotten. */
  void crash();

  /** Starts from what is durable. */
  void start();

  boolean isUp();
}
