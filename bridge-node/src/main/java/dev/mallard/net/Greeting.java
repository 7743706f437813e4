package dev.mallard.net;

import dev.mallard.stake.Epoch;
import dev.mallard.stake.ReplicaId;
import dev.mallard.wire.PeerMessage.Hello;
import dev.mallard.wire.WireFormat;
import java.util.Optional;

/** What this node says first, and what it wants to hear first. */
record Greeting(ReplicaId self, Epoch epoch) {
  Hello hello() {
    return new Hello(WireFormat.VERSION, self.rsm(), self.index(), epoch);
  }

  /**
   * What is wrong with a peer's Hello, in words for an operator; empty if nothing.
   *
   * @param peer whom its TLS key stands for
   */
  Optional<String> checkHello(Hello hello, ReplicaId peer) {
    if (hello.protocol() != WireFormat.VERSION) {
      return Optional.of(
          "%s speaks protocol %d, this node %d: upgrade the older one"
              .formatted(peer, hello.protocol(), WireFormat.VERSION));
    }
    if (!hello.rsm().equals(peer.rsm()) || hello.index() != peer.index()) {
      return Optional.of(
          "the TLS key of %s is used by a node that calls itself %s/%d: compare stake tables"
              .formatted(peer, hello.rsm(), hello.index()));
    }
    if (peer.rsm().equals(self.rsm()) && !hello.epoch().equals(epoch)) {
      return Optional.of(
          "%s is in epoch %s, this node in %s: one of them is behind its chain"
              .formatted(peer, hello.epoch(), epoch));
    }
    return Optional.empty();
  }
}
