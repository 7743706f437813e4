package dev.mallard.testnet.demo;

/** Where a transfer stands, by what the chains say. */
public enum TransferState {
  /** In the source's Outbox, not yet in the destination's Inbox. */
  SENT,
  /** Failed or expired at the destination; the refund has not come back yet. */
  REFUND_DUE,
  /** The recipient has it. */
  EXECUTED,
  /** The sender has it back. */
  REFUNDED;

  /** Whether nothing more will happen to it. */
  public boolean isSettled() {
    return this == EXECUTED || this == REFUNDED;
  }
}
