package dev.mallard.store;

import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.Outcome;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/** A change that waits for the message index. Holds no payloads: only what the index keeps. */
sealed interface MessageUpdate {
  /** Messages it speaks of, for the queue's bound; a range weighs 1, whatever its length. */
  int weight();

  /** Messages became known. */
  record Entries(List<MessageRecord> messages) implements MessageUpdate {
    @Override
    public int weight() {
      return messages.size();
    }
  }

  /** A range reached a stage. */
  record Stage(StreamId stream, long first, long last, MessageStage stage, long wallMillis)
      implements MessageUpdate {
    @Override
    public int weight() {
      return 1;
    }

    /**
     * This and an adjacent or overlapping one as one, if they say the same of different messages.
     */
    Optional<Stage> merged(Stage next) {
      boolean isSame =
          stream.equals(next.stream) && stage == next.stage && wallMillis == next.wallMillis;
      boolean isTouching = next.first <= last + 1 && first <= next.last + 1;
      return isSame && isTouching
          ? Optional.of(
              new Stage(
                  stream,
                  Math.min(first, next.first),
                  Math.max(last, next.last),
                  stage,
                  wallMillis))
          : Optional.empty();
    }
  }

  /** Outcomes became known. */
  record Outcomes(
      StreamId stream,
      long first,
      List<Outcome> outcomes,
      MessageStage stage,
      Hash32 transaction,
      long wallMillis)
      implements MessageUpdate {
    @Override
    public int weight() {
      return outcomes.size();
    }
  }

  /**
   * Of entries as they were read; copies what it keeps, so that no frame or block stays in memory
   * for it.
   */
  static Entries of(
      StreamId stream, long sequence, List<OutboxEntry> entries, List<Hash32> transactions) {
    List<MessageRecord> messages = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      OutboxEntry entry = entries.get(i);
      messages.add(
          new MessageRecord(
              stream,
              entry.index(),
              sequence,
              account(entry.sender()),
              account(entry.recipient()),
              entry.flags(),
              entry.deadlineSeconds(),
              entry.payload().size(),
              i < transactions.size() ? Optional.of(transactions.get(i)) : Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Map.of()));
    }
    return new Entries(messages);
  }

  private static Bytes account(Bytes bytes) {
    return bytes.slice(0, Math.min(bytes.size(), MessageCodec.ACCOUNT_BYTES_MAX)).copy();
  }
}
