package dev.mallard.testnet.sim.chain;

import dev.mallard.chain.Accumulator;
import dev.mallard.chain.BlockEntries;
import dev.mallard.chain.BlockHead;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The Outbox of one stream ([OUT-1]): everything that was ever sent and is still on the chain. */
final class VirtualOutbox {
  private final StreamId stream;
  private final Accumulator accumulator;
  private final List<OutboxEntry> entries = new ArrayList<>();
  private final List<Hash32> transactions = new ArrayList<>();

  /** After entry i at place i. */
  private final List<Hash32> accs = new ArrayList<>(List.of(Hash32.ZERO));

  private final List<BlockEntries> finalized = new ArrayList<>();

  /** Which of {@link #finalized} holds entry i + 1. */
  private final List<Integer> placeOf = new ArrayList<>();

  VirtualOutbox(StreamId stream, Accumulator accumulator) {
    this.stream = stream;
    this.accumulator = accumulator;
  }

  int count() {
    return entries.size();
  }

  Hash32 accAt(long count) {
    return accs.get((int) count);
  }

  /** By index, from 1. */
  OutboxEntry entry(long index) {
    return entries.get((int) index - 1);
  }

  void append(OutboxEntry entry, Hash32 transaction) {
    accs.add(accumulator.extend(stream, accs.getLast(), entry));
    entries.add(entry);
    transactions.add(transaction);
  }

  void undoTo(int count) {
    while (entries.size() > count) {
      entries.removeLast();
      transactions.removeLast();
      accs.removeLast();
    }
  }

  /** A block is final that holds the entries beyond what is final already up to {@code count}. */
  void onFinalized(BlockHead head, int count) {
    int from = placeOf.size();
    if (count > from) {
      finalized.add(
          new BlockEntries(head, entries.subList(from, count), transactions.subList(from, count)));
      for (int i = from; i < count; i++) {
        placeOf.add(finalized.size() - 1);
      }
    }
  }

  List<BlockEntries> finalized() {
    return Collections.unmodifiableList(finalized);
  }

  int finalizedCount() {
    return placeOf.size();
  }

  /** The blocks that hold what follows the cursor, up to a count; a view. */
  List<BlockEntries> after(OutboxCursor cursor, long count, int blocksMax) {
    if (cursor.count() >= count) {
      return List.of();
    }
    int from = placeOf.get((int) cursor.count());
    int to = placeOf.get((int) count - 1) + 1;
    return finalized.subList(from, Math.min(to, from + blocksMax));
  }
}
