package dev.mallard.store;

import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.Outcome;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.util.List;
import java.util.Optional;

/**
 * The life of each message, kept for the newest ones up to a limit. Writes are queued and batched,
 * not fsynced: after a crash the newest stages may be missing, which no guarantee depends on.
 * {@code on…} never block; reads block.
 */
public interface MessageIndex {
  /**
   * Entries were read on the source chain, or arrived in a held bundle on the destination side.
   *
   * @param transactions the source transaction of each entry; empty when not known here
   */
  void onEntries(
      StreamId stream, long sequence, List<OutboxEntry> entries, List<Hash32> transactions);

  /** All entries of an index range reached a stage; an earlier time of the same stage stays. */
  void onStage(
      StreamId stream, long firstIndex, long lastIndex, MessageStage stage, long wallMillis);

  /**
   * Outcomes became known: {@link MessageStage#EXECUTED} from a delivery, {@link
   * MessageStage#RECEIPT} from a receipt.
   *
   * @param transaction the delivery's or the receipt's
   */
  void onOutcomes(
      StreamId stream,
      long firstIndex,
      List<Outcome> outcomes,
      MessageStage stage,
      Hash32 transaction,
      long wallMillis);

  /** One message, if it is kept. */
  Optional<MessageRecord> find(StreamId stream, long index) throws StoreException;

  /** A page of messages. */
  Page search(MessageQuery query) throws StoreException;

  /**
   * Rows of a listing.
   *
   * @param next where the next page starts; empty on the last
   */
  record Page(List<MessageRecord> messages, Optional<String> next) {
    public Page {
      messages = List.copyOf(messages);
    }
  }
}
