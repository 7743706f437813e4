package dev.mallard.testnet.sim.chain;

import dev.mallard.certify.Certificate;
import dev.mallard.chain.Delivery;
import dev.mallard.stake.Epoch;

/**
 * What Inbox.sol demands of a delivery ([DLV-1], [DLV-3]), condition by condition; {@link
 * VirtualInbox} asks in the contract's order. The defaults are the contract's. A planted fault
 * answers one of them wrongly.
 */
public interface InboxRules {
  /** Entries at a delivery's head that are passed over because they were accepted before. */
  default int skip(long count, Delivery delivery) {
    long had = count + 1 - delivery.firstIndex();
    return Math.clamp(had, 0, delivery.entries().size());
  }

  /** Whether an entry continues the count. */
  default boolean isNext(long expected, long found) {
    return expected == found;
  }

  /** Whether a certificate's epoch is the one in force. */
  default boolean isEpochInForce(Epoch inForce, Epoch found) {
    return inForce.equals(found);
  }

  /** Whether a bundle's number is beyond the last one. */
  default boolean isSequenceNew(long last, long found) {
    return found > last;
  }

  /** Whether enough stake has signed ([CERT-2]). */
  boolean isCertified(Certificate certificate);
}
