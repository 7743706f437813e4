package dev.mallard.testnet.sim.mutants;

import dev.mallard.c3b.ack.PhiList;
import dev.mallard.net.PeerTransport;
import dev.mallard.replica.ReplicaPorts;
import dev.mallard.replica.StreamLoop;
import dev.mallard.stake.ReplicaId;
import dev.mallard.testnet.sim.LoopBeside;
import dev.mallard.testnet.sim.Mutant;
import dev.mallard.testnet.sim.SimReplica;
import dev.mallard.wire.PeerMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Too much talk ([G-5]). */
final class ChatterMutants {
  private ChatterMutants() {}

  /** With every tick, says what it said last to everybody once more. */
  static Mutant eachTick(Predicate<PeerMessage> which) {
    return new Mutant() {
      @Override
      public ReplicaPorts ports(SimReplica replica, ReplicaPorts sound) {
        Map<ReplicaId, PeerMessage> last = new LinkedHashMap<>();
        PeerTransport remembering =
            new PeerTransport() {
              @Override
              public boolean send(ReplicaId to, PeerMessage message) {
                if (which.test(message)) {
                  last.put(to, message);
                }
                return sound.peers().send(to, message);
              }

              @Override
              public boolean isConnected(ReplicaId peer) {
                return sound.peers().isConnected(peer);
              }
            };
        Runnable repeat = () -> last.forEach(sound.peers()::send);
        return sound
            .with(remembering)
            .with(
                (StreamLoop.Factory)
                    name -> LoopBeside.ticking(sound.loops().create(name), repeat));
      }
    };
  }

  /** The phi-list goes back to the first bundle instead of beginning behind p. */
  static @Nullable PeerMessage phiOfAll(SimReplica from, ReplicaId to, PeerMessage message) {
    if (!(message instanceof PeerMessage.AckMessage ack)) {
      return message;
    }
    int bits = (int) ack.ack().cumulative() + ack.phi().length();
    long[] none = new long[bits / Long.SIZE + 1];
    return new PeerMessage.AckMessage(ack.ack(), PhiList.of(none, bits), ack.crossing());
  }
}
