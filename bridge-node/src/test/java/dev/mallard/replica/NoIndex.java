package dev.mallard.replica;

import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.Outcome;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import dev.mallard.store.MessageIndex;
import dev.mallard.store.MessageQuery;
import dev.mallard.store.MessageRecord;
import dev.mallard.store.MessageStage;
import java.util.List;
import java.util.Optional;

/** Keeps nothing: no guarantee depends on the index. */
final class NoIndex implements MessageIndex {
  @Override
  public void onEntries(
      StreamId stream, long sequence, List<OutboxEntry> entries, List<Hash32> transactions) {}

  @Override
  public void onStage(
      StreamId stream, long firstIndex, long lastIndex, MessageStage stage, long wallMillis) {}

  @Override
  public void onOutcomes(
      StreamId stream,
      long firstIndex,
      List<Outcome> outcomes,
      MessageStage stage,
      Hash32 transaction,
      long wallMillis) {}

  @Override
  public Optional<MessageRecord> find(StreamId stream, long index) {
    return Optional.empty();
  }

  @Override
  public Page search(MessageQuery query) {
    return new Page(List.of(), Optional.empty());
  }
}
