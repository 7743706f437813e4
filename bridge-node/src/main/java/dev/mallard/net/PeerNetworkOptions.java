package dev.mallard.net;

import dev.mallard.stake.Epoch;
import dev.mallard.stake.ReplicaId;
import java.util.List;

/**
 * What a node's network needs to know.
 *
 * @param self this node
 * @param epoch of this node's own stake table; local peers must have the same
 * @param listenHost address to listen on
 * @param port to listen on; 0 for any free one
 * @param peers local and remote ones, without this node
 */
public record PeerNetworkOptions(
    ReplicaId self,
    Epoch epoch,
    String listenHost,
    int port,
    TlsIdentity identity,
    List<PeerAddress> peers,
    NetLimits limits) {
  public PeerNetworkOptions {
    peers = List.copyOf(peers);
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("port " + port + " is not in 0..65535");
    }
    for (PeerAddress peer : peers) {
      if (peer.id().equals(self)) {
        throw new IllegalArgumentException(self + " cannot be its own peer");
      }
    }
    if (peers.stream().map(PeerAddress::id).distinct().count() != peers.size()) {
      throw new IllegalArgumentException("a peer is named twice");
    }
  }
}
