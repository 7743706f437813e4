package dev.mallard.replica;

import dev.mallard.c3b.PeerFault;
import dev.mallard.stake.ReplicaId;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What each peer was caught at ([RECV-1]); bounded by the number of peers. Any thread. */
public final class PeerFaults {
  private final Map<ReplicaId, Map<PeerFault, Long>> counts = new ConcurrentHashMap<>();

  /** Counts one. */
  public void count(ReplicaId peer, PeerFault fault) {
    counts.compute(
        peer,
        (id, old) -> {
          Map<PeerFault, Long> next = new EnumMap<>(PeerFault.class);
          if (old != null) {
            next.putAll(old);
          }
          next.merge(fault, 1L, Long::sum);
          return Map.copyOf(next);
        });
  }

  /** Faults of a peer so far; empty for a blameless one. */
  public Map<PeerFault, Long> of(ReplicaId peer) {
    return counts.getOrDefault(peer, Map.of());
  }
}
