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
          peer
              + " speaks protocol "
              + hello.protocol()
              + ", this node "
              + WireFormat.VERSION
              + ": upgrade the older one");
    }
    if (!hello.rsm().equals(peer.rsm()) || hello.index() != peer.index()) {
      return Optional.of(
          "the TLS key of "
              + peer
              + " is used by a node that calls itself "
              + new ReplicaId(hello.rsm(), hello.index())
              + ": compare stake tables");
    }
    if (peer.rsm().equals(self.rsm()) && !hello.epoch().equals(epoch)) {
      return Optional.of(
          peer
              + " is in epoch "
              + hello.epoch()
              + ", this node in "
              + epoch
              + ": one of them is behind its chain");
    }
    return Optional.empty();
  }
}
