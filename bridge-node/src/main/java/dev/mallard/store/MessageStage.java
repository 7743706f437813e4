package dev.mallard.store;

/**
 * The stages of a message's life, in order. "Held", "quacked" and "executed" are different things
 * everywhere ([G-7]).
 */
public enum MessageStage {
  /** In a block of the source chain (that block's time). */
  SENT,
  /** This node saw that block finalized. */
  FINALIZED,
  /** Its bundle has a certificate of the source's replicas. */
  CERTIFIED,
  /**
   * Its bundle left for the other RSM (sender) or arrived from it (receiver) for the first time.
   */
  CROSSED,
  /** Its bundle is durable at this destination replica: held, not executed. */
  HELD,
  /** At least one correct destination replica is known to hold it. */
  QUACKED,
  /** The destination's Inbox accepted it: see the outcome. */
  EXECUTED,
  /** The outcome is known on the source chain ([DLV-4]). */
  RECEIPT
}
