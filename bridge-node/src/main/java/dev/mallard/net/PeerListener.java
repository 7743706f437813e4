package dev.mallard.net;

import dev.mallard.c3b.PeerFault;
import dev.mallard.stake.ReplicaId;
import dev.mallard.wire.PeerMessage;
import java.util.List;

/** Takes what arrives from peers. Called on the connection's event loop: must return at once. */
public interface PeerListener {
  /**
   * Decoded messages of an authenticated peer, in order.
   *
   * @param processed run it once the messages have been worked off: until then at most a bounded
   *     number of bytes more is read from this peer (back-pressure)
   */
  void onMessages(ReplicaId from, List<PeerMessage> messages, Runnable processed);

  /** A peer's connection is up in both directions. */
  void onConnected(ReplicaId peer);

  /** A peer's connection is gone; reconnecting goes on by itself. */
  void onDisconnected(ReplicaId peer);

  /** The peer sent something that cannot be decoded or breaks limits; the connection is closed. */
  void onFault(ReplicaId peer, PeerFault fault);
}
