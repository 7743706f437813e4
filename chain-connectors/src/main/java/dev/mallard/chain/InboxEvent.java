package dev.mallard.chain;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.util.List;

/**
 * What the Inbox of the local chain reported in one block; for progress and display, never for
 * safety.
 */
public sealed interface InboxEvent {
  /** The block that holds the event. */
  BlockHead block();

  /** The transaction that caused it. */
  Hash32 transaction();

  /**
   * Entries of an incoming stream were accepted, each with its outcome.
   *
   * @param firstIndex the first entry that this transaction newly accepted
   * @param sequence the last bundle accepted
   * @param submitter whose transaction it was
   */
  record Delivered(
      BlockHead block,
      Hash32 transaction,
      long firstIndex,
      long sequence,
      BridgeAddress submitter,
      List<Outcome> outcomes)
      implements InboxEvent {
    public Delivered {
      outcomes = List.copyOf(outcomes);
    }
  }

  /** Outcomes of entries that this chain sent came back ([DLV-4]). */
  record ReceiptReceived(
      BlockHead block, Hash32 transaction, long firstIndex, List<Outcome> outcomes)
      implements InboxEvent {
    public ReceiptReceived {
      outcomes = List.copyOf(outcomes);
    }
  }

  /**
   * The sender of a failed or expired entry was told so: a refund where the application makes one.
   */
  record RefundNotified(
      BlockHead block, Hash32 transaction, long index, Outcome outcome, boolean handled)
      implements InboxEvent {}
}
