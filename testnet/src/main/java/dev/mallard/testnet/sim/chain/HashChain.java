package dev.mallard.testnet.sim.chain;

import dev.mallard.chain.Accumulator;
import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * [OUT-1] with a memory: what has been hashed at an index is not hashed again. Simulating a
 * delivery, executing it and doing so once more after a reorganisation cost one hash.
 */
final class HashChain {
  /** Beyond the last remembered one; an index that a liar made up is hashed and forgotten. */
  private static final int AHEAD_MAX = 4096;

  private record Link(OutboxEntry entry, Hash32 before, Hash32 after) {}

  private final StreamId stream;
  private final Accumulator accumulator = new KeccakAccumulator();
  private final List<@Nullable Link> links = new ArrayList<>();

  HashChain(StreamId stream) {
    this.stream = stream;
  }

  /** The accumulator after an entry. */
  Hash32 extend(Hash32 before, OutboxEntry entry) {
    long at = entry.index();
    if (at < 0 || at > links.size() + AHEAD_MAX) {
      return accumulator.extend(stream, before, entry);
    }
    while (links.size() <= at) {
      links.add(null);
    }
    Link known = links.get((int) at);
    if (known != null && known.before().equals(before) && known.entry().equals(entry)) {
      return known.after();
    }
    Hash32 after = accumulator.extend(stream, before, entry);
    links.set((int) at, new Link(entry, before, after));
    return after;
  }
}
