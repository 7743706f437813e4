package dev.mallard.testnet.sim.chain;

import dev.mallard.chain.BlockHead;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.Outcome;
import java.util.List;

/**
 * Told what happens on one chain, as it happens. What a reorganisation undoes is not taken back:
 * {@link #onReorg} says so, and what is done again is told again.
 */
public interface ChainObserver {
  /** An entry entered the Outbox, receipts included. */
  default void onSent(OutboxEntry entry, BlockHead block) {}

  /** A block became final; every block is told once, in order. */
  default void onFinalized(BlockHead block) {}

  /**
   * The Inbox took a delivery.
   *
   * @param submitter the replica whose transaction it was
   * @param outcomes of the entries that were new: the last ones of the delivery
   */
  default void onDelivered(
      Delivery delivery, int submitter, List<Outcome> outcomes, BlockHead block) {}

  /** A transaction in a block reverted. */
  default void onRefused(Delivery delivery, int submitter, String reason) {}

  /** An incoming entry was executed, failed or had expired. */
  default void onExecuted(long index, Outcome outcome) {}

  /** The outcome of an entry that was sent here came back; {@code refunded} if that cost money. */
  default void onReceipt(long index, Outcome outcome, boolean refunded) {}

  /** This many newest blocks were replaced; told before they are. */
  default void onReorg(int depth) {}
}
