package dev.mallard.chain;

import dev.mallard.stake.Hash32;

/** What the chain said to a delivery. */
public sealed interface Submission {
  /** Accepted into the chain's pool. */
  record Sent(Hash32 transaction, long nonce) implements Submission {}

  /** Somebody else delivered it first ([DLV-3]); nothing was sent. */
  record AlreadyDelivered() implements Submission {}

  /** The Inbox would refuse it; the reason is the contract's error by name. */
  record Refused(String reason) implements Submission {}

  /** It cannot be paid: the account's balance is too low. The remedy is in the message. */
  record CannotPay(String reason) implements Submission {}
}
