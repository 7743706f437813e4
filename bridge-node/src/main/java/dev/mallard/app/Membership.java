package dev.mallard.app;

import dev.mallard.net.PeerAddress;
import dev.mallard.replica.Topology;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.ReplicaId;
import dev.mallard.stake.source.Endpoint;
import dev.mallard.stake.source.Registry;
import dev.mallard.stake.source.RegistryEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The validators of both sides, and which of the local ones this node is. */
record Membership(Registry local, Registry remote, int self) {
  Topology topology() {
    return new Topology(local.table(), remote.table(), self);
  }

  ReplicaId selfId() {
    return new ReplicaId(local.table().rsm(), self);
  }

  /**
   * Everybody else who has an endpoint and a TLS key; the others cannot be reached, and reach this
   * node only if they have a key.
   */
  List<PeerAddress> peers() {
    List<PeerAddress> peers = new ArrayList<>();
    addPeers(local, peers);
    addPeers(remote, peers);
    return peers;
  }

  private void addPeers(Registry registry, List<PeerAddress> peers) {
    for (RegistryEntry entry : registry.entries()) {
      ReplicaId id = new ReplicaId(registry.table().rsm(), entry.validator().index());
      Optional<Endpoint> endpoint = entry.address();
      if (!id.equals(selfId()) && endpoint.isPresent() && !entry.tlsKey().equals(Hash32.ZERO)) {
        peers.add(
            new PeerAddress(id, endpoint.get().host(), endpoint.get().port(), entry.tlsKey()));
      }
    }
  }
}
