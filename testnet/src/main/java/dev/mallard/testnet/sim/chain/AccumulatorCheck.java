package dev.mallard.testnet.sim.chain;

import dev.mallard.chain.Accumulator;
import dev.mallard.chain.BlockEntries;
import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.OutboxRead;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.util.List;

/** The accumulator over the entries that were read must be the contract's ([OUT-2]). */
final class AccumulatorCheck implements ReadCheck {
  private final Accumulator accumulator = new KeccakAccumulator();
  private final StreamId stream;

  AccumulatorCheck(StreamId stream) {
    this.stream = stream;
  }

  @Override
  public OutboxRead judge(OutboxCursor cursor, List<BlockEntries> read, OutboxCursor claimed) {
    long count = cursor.count();
    Hash32 acc = cursor.acc();
    for (BlockEntries block : read) {
      for (OutboxEntry entry : block.entries()) {
        count++;
        if (entry.index() != count) {
          return new OutboxRead.Suspect("entry " + entry.index() + " where " + count + " must be");
        }
        acc = accumulator.extend(stream, acc, entry);
      }
    }
    return count == claimed.count() && acc.equals(claimed.acc())
        ? new OutboxRead.Progress(read, claimed)
        : new OutboxRead.Suspect(
            "entries end at " + count + ", the Outbox tells of " + claimed.count());
  }
}
