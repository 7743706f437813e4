package dev.mallard.testnet.sim.mutants;

import dev.mallard.c3b.ack.PhiList;
import dev.mallard.certify.AckDigest;
import dev.mallard.certify.SignedAck;
import dev.mallard.net.PeerTransport;
import dev.mallard.stake.ReplicaId;
import dev.mallard.testnet.sim.Mutant;
import dev.mallard.testnet.sim.SimReplica;
import dev.mallard.wire.PeerMessage;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages that are wrong, missing or too many. */
final class MessageMutants {
  private MessageMutants() {}

  /** What a replica sends instead; null for nothing. */
  interface Instead {
    @Nullable PeerMessage of(SimReplica from, ReplicaId to, PeerMessage message);
  }

  /** The mutant that sends it. */
  static Mutant sending(Instead instead) {
    return new Mutant() {
      @Override
      public PeerTransport transport(SimReplica replica, PeerTransport sound) {
        return new PeerTransport() {
          @Override
          public boolean send(ReplicaId to, PeerMessage message) {
            PeerMessage said = instead.of(replica, to, message);
            return said == null || sound.send(to, said);
          }

          @Override
          public boolean isConnected(ReplicaId peer) {
            return sound.isConnected(peer);
          }
        };
      }
    };
  }

  /** Leaves out one kind of message. */
  static Mutant without(Class<? extends PeerMessage> kind) {
    return sending((from, to, message) -> kind.isInstance(message) ? null : message);
  }

  static @Nullable PeerMessage phiOffByOne(SimReplica from, ReplicaId to, PeerMessage message) {
    if (!(message instanceof PeerMessage.AckMessage ack) || ack.phi().length() < 2) {
      return message;
    }
    long[] words = ack.phi().words();
    words[0] = words[0] << 1 | 1;
    return new PeerMessage.AckMessage(
        ack.ack(), PhiList.of(words, ack.phi().length()), ack.crossing());
  }

  static @Nullable PeerMessage oneAhead(SimReplica from, ReplicaId to, PeerMessage message) {
    if (!(message instanceof PeerMessage.AckMessage ack)) {
      return message;
    }
    SignedAck said = ack.ack();
    long more = said.cumulative() + 1;
    AckDigest digests = new AckDigest(said.stream().source());
    return new PeerMessage.AckMessage(
        new SignedAck(
            said.stream(),
            said.epoch(),
            more,
            from.sign(digests.of(said.stream(), said.epoch(), more))),
        ack.phi(),
        ack.crossing());
  }

  static @Nullable PeerMessage noBroadcast(SimReplica from, ReplicaId to, PeerMessage message) {
    return message instanceof PeerMessage.BundleMessage && !isRemote(from, to) ? null : message;
  }

  static @Nullable PeerMessage acksToOne(SimReplica from, ReplicaId to, PeerMessage message) {
    return message instanceof PeerMessage.AckMessage && to.index() != 0 ? null : message;
  }

  /** Sends messages of a kind that go across several times. */
  static Mutant repeating(int times, Class<? extends PeerMessage> kind) {
    return new Mutant() {
      @Override
      public PeerTransport transport(SimReplica replica, PeerTransport sound) {
        return new PeerTransport() {
          @Override
          public boolean send(ReplicaId to, PeerMessage message) {
            boolean isSent = sound.send(to, message);
            for (int i = 1; i < times && kind.isInstance(message) && isRemote(replica, to); i++) {
              isSent = sound.send(to, message);
            }
            return isSent;
          }

          @Override
          public boolean isConnected(ReplicaId peer) {
            return sound.isConnected(peer);
          }
        };
      }
    };
  }

  private static boolean isRemote(SimReplica from, ReplicaId to) {
    return !to.rsm().equals(from.values().topology().localTable().rsm());
  }

  /** Passes on what a local peer broadcast. */
  static Mutant rebroadcasting() {
    Set<String> passedOn = new HashSet<>();
    return new Mutant() {
      @Override
      public @Nullable PeerMessage arrival(SimReplica to, int from, PeerMessage message) {
        if (message instanceof PeerMessage.BundleMessage bundle
            && to.isLocal(from)
            && passedOn.add(to.name() + bundle.bundle().header())) {
          to.sendToLocalPeers(message);
        }
        return message;
      }
    };
  }
}
