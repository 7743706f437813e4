package dev.mallard.testnet.sim.chain;

import dev.mallard.chain.Accumulator;
import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * [OUT-1] with a memory: what was hashed last at an index of a stream is not hashed again. Handed
 * to both chains and to all replicas, a whole run hashes each entry once, where they would do so
 * for each of them. The answers are those of {@link KeccakAccumulator}: an entry that differs in
 * anything is hashed. For one thread.
 */
public final class RememberedAccumulator implements Accumulator {
  /** Beyond the last remembered one; an index that a liar made up is hashed and forgotten. */
  private static final int AHEAD_MAX = 4096;

  private record Link(OutboxEntry entry, Hash32 before, Hash32 after) {}

  private final Accumulator keccak = new KeccakAccumulator();

  /** By stream, then by index; only looked up, never walked. */
  private final Map<StreamId, List<@Nullable Link>> links = new HashMap<>();

  @Override
  public Hash32 extend(StreamId stream, Hash32 before, OutboxEntry entry) {
    List<@Nullable Link> ofStream = links.computeIfAbsent(stream, any -> new ArrayList<>());
    long at = entry.index();
    if (at < 0 || at > ofStream.size() + AHEAD_MAX) {
      return keccak.extend(stream, before, entry);
    }
    while (ofStream.size() <= at) {
      ofStream.add(null);
    }
    Link known = ofStream.get((int) at);
    if (known != null && known.before().equals(before) && isSame(known.entry(), entry)) {
      return known.after();
    }
    Hash32 after = keccak.extend(stream, before, entry);
    ofStream.set((int) at, new Link(entry, before, after));
    return after;
  }

  /** As {@code equals}, but payloads are compared as arrays, which machines do fast. */
  private static boolean isSame(OutboxEntry a, OutboxEntry b) {
    return a.index() == b.index()
        && a.gasLimit() == b.gasLimit()
        && a.flags() == b.flags()
        && a.deadlineSeconds() == b.deadlineSeconds()
        && a.fee().equals(b.fee())
        && a.sender().equals(b.sender())
        && a.recipient().equals(b.recipient())
        && Arrays.equals(a.payload().toArrayUnsafe(), b.payload().toArrayUnsafe());
  }
}
