package dev.mallard.testnet.sim.chain;

import dev.mallard.stake.Hash32;

/** What the Inbox says to a delivery. */
sealed interface InboxVerdict {
  /**
   * It would be taken.
   *
   * @param skip entries that were accepted before
   * @param count accepted after it
   * @param acc the accumulator after it
   */
  record Accepted(int skip, long count, Hash32 acc) implements InboxVerdict {}

  /** Nothing in it is new. */
  record AlreadyDelivered() implements InboxVerdict {}

  /** It reverts. */
  record Refused(String reason) implements InboxVerdict {}
}
