package dev.mallard.chain;

import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;

/** The hash chain over a stream's entries ([OUT-1]); fixed for a stream at its creation. */
public interface Accumulator {
  /** {@code acc_i} from {@code acc_(i-1)} and entry i. Pure; safe for any thread. */
  Hash32 extend(StreamId stream, Hash32 acc, OutboxEntry entry);
}
