package dev.mallard.net;

import dev.mallard.c3b.PeerFault;
import dev.mallard.stake.ReplicaId;
import java.util.Map;

/**
 * One peer as status pages show it.
 *
 * @param lastSeenMillis wall clock of the last frame, 0 for never
 * @param queuedBytes waiting to be sent
 * @param dropped messages dropped because the peer was away or its queue full
 * @param lastError why the last attempt to connect failed, empty if it did not
 */
public record PeerStatus(
    ReplicaId id,
    String endpoint,
    boolean connected,
    long lastSeenMillis,
    long queuedBytes,
    long dropped,
    Map<PeerFault, Long> faults,
    String lastError) {
  public PeerStatus {
    faults = Map.copyOf(faults);
  }
}
