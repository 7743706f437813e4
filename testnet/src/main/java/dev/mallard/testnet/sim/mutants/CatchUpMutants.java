package dev.mallard.testnet.sim.mutants;

import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.net.PeerTransport;
import dev.mallard.replica.ReplicaPorts;
import dev.mallard.stake.ReplicaId;
import dev.mallard.store.StoreException;
import dev.mallard.testnet.sim.Mutant;
import dev.mallard.testnet.sim.SimReplica;
import dev.mallard.wire.PeerMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Catching up at the cost of live traffic ([CATCH-1], [GC-2]). */
final class CatchUpMutants {
  /** More than any run has. */
  private static final int ALL_BUNDLES = 10_000;

  private CatchUpMutants() {}

  /** Serves what is asked for, however often. */
  static Mutant unlimited() {
    return serving(asked -> asked);
  }

  /** Serves all that is held from the first bundle asked for on. */
  static Mutant everything() {
    return serving(asked -> ALL_BUNDLES);
  }

  private static Mutant serving(IntUnaryOperator generosity) {
    return new Mutant() {
      private final Map<Integer, ReplicaPorts> ports = new HashMap<>();

      @Override
      public ReplicaPorts ports(SimReplica replica, ReplicaPorts sound) {
        ports.put(replica.node(), sound);
        return sound;
      }

      @Override
      public @Nullable PeerMessage arrival(SimReplica to, int from, PeerMessage message) {
        ReplicaPorts of = ports.get(to.node());
        if (of == null
            || !(message instanceof PeerMessage.FetchMessage asked)
            || !to.isLocal(from)
            || asked.count() > to.values().c3b().fetchBatchBundles()) {
          return message;
        }
        int count = generosity.applyAsInt(asked.count());
        serve(of, to, from, asked.from(), asked.from() + count);
        return null;
      }
    };
  }

  private static void serve(ReplicaPorts ports, SimReplica server, int peer, long from, long end) {
    try {
      for (long k = from; k < end; k++) {
        Optional<CertifiedBundle> held = ports.journal().readInbound(server.values().incoming(), k);
        if (held.isEmpty()) {
          return;
        }
        CertifiedBundle bundle = held.get();
        server.send(
            peer,
            new PeerMessage.BundleMessage(
                new OfferedBundle(bundle.header(), bundle.body(), bundle.proof()), 0, 0));
      }
    } catch (StoreException unreadable) {
      // who cannot read serves nothing
    }
  }

  /** Takes what a source replica has certified for quacked. */
  static Mutant announcedIsQuacked() {
    return new Mutant() {
      @Override
      public PeerMessage arrival(SimReplica to, int from, PeerMessage message) {
        return switch (message) {
          case PeerMessage.AnnounceMessage said ->
              new PeerMessage.AnnounceMessage(said.stream(), said.top(), said.top());
          case PeerMessage.BundleMessage said ->
              new PeerMessage.BundleMessage(said.bundle(), said.top(), said.top());
          default -> message;
        };
      }
    };
  }

  /** Sends each fetch to all local peers. */
  static Mutant askingAll() {
    return new Mutant() {
      @Override
      public PeerTransport transport(SimReplica replica, PeerTransport sound) {
        return new PeerTransport() {
          @Override
          public boolean send(ReplicaId to, PeerMessage message) {
            if (!(message instanceof PeerMessage.FetchMessage)) {
              return sound.send(to, message);
            }
            replica.sendToLocalPeers(message);
            return true;
          }

          @Override
          public boolean isConnected(ReplicaId peer) {
            return sound.isConnected(peer);
          }
        };
      }
    };
  }
}
