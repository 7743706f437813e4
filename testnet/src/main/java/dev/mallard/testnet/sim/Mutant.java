package dev.mallard.testnet.sim;

import dev.mallard.chain.ChainConnector;
import dev.mallard.net.PeerTransport;
import dev.mallard.replica.ReplicaParts;
import dev.mallard.replica.ReplicaPorts;
import dev.mallard.replica.ReplicaValues;
import dev.mallard.testnet.sim.chain.ChainObserver;
import dev.mallard.testnet.sim.chain.VirtualChain;
import dev.mallard.wire.PeerMessage;
import org.jspecify.annotations.Nullable;

/**
 * What to hand to replicas instead of what a node gets: other values, ports or parts. The sound one
 * changes nothing; the others are planted faults that a run must find.
 */
public interface Mutant {
  /** Nothing is planted. */
  Mutant NONE = new Mutant() {};

  /** Other values. */
  default ReplicaValues values(SimReplica replica, ReplicaValues sound) {
    return sound;
  }

  /** Other ports. */
  default ReplicaPorts ports(SimReplica replica, ReplicaPorts sound) {
    return sound;
  }

  /** Other state machines. */
  default ReplicaParts parts(SimReplica replica, ReplicaParts sound) {
    return sound;
  }

  /** Another way to the network. */
  default PeerTransport transport(SimReplica replica, PeerTransport sound) {
    return sound;
  }

  /** What arrives, changed; null for nothing. */
  default @Nullable PeerMessage arrival(SimReplica to, int from, PeerMessage message) {
    return message;
  }

  /** Another chain. */
  default VirtualChain chainOf(World world, int side, ChainObserver observer) {
    return world.newChain(side, observer, world.soundContracts(side));
  }

  /** Another way to the chain. */
  default ChainConnector chain(SimReplica replica, ChainConnector sound) {
    return sound;
  }
}
