package dev.mallard.testnet.sim.worlds;

/** Everything that can happen to one replica. */
sealed interface Happening {
  /** A quantum of time passes, and the replica ticks. */
  record Ticks() implements Happening {}

  /** The next bundle has its certificate here ([CERT-2]). */
  record Certifies() implements Happening {}

  /** The disk has written everything handed to it; one fsync for all ([RECV-3]). */
  record Syncs() implements Happening {}

  /** The verifier answers the oldest question ([RECV-1]). */
  record Verifies() implements Happening {}

  /** The process dies: what was not synced is forgotten. */
  record Crashes() implements Happening {}

  /** The process starts from its disk. */
  record Restarts() implements Happening {}

  /** A message arrives. */
  record Arrives(Message message) implements Happening {}
}
