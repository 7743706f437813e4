package dev.mallard.net;

import dev.mallard.stake.ReplicaId;
import dev.mallard.wire.PeerMessage;

/** Sends to peers; the way the runtime sees the network. Any thread. */
public interface PeerTransport {
  /**
   * Queues a message for a peer. Messages to one peer keep their order; several go out in one
   * frame.
   *
   * @return false when it was dropped: the peer is not connected or its queue is full. The protocol
   *     recovers from that
   */
  boolean send(ReplicaId to, PeerMessage message);

  /** Whether a connection to the peer is up. */
  boolean isConnected(ReplicaId peer);
}
