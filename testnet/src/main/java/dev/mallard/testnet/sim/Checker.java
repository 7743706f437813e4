package dev.mallard.testnet.sim;

import dev.mallard.chain.Delivery;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreWrite;
import dev.mallard.wire.PeerMessage;
import java.util.List;

/** Watches a run for breaches of one or a few clauses; throws {@link Violation}. */
public interface Checker {
  /** An honest replica sends. */
  default void onSend(SimReplica from, int to, PeerMessage message) {}

  /** A message reached an honest replica. */
  default void onArrival(int from, SimReplica to, PeerMessage message) {}

  /** An honest replica's writes are durable. */
  default void onDurable(SimReplica replica, List<StoreWrite> writes) {}

  /** An honest replica starts with what its disk remembers. */
  default void onStart(
      SimReplica replica, RecoveredSource source, RecoveredDestination destination) {}

  /** The chain took a transaction of an honest replica. */
  default void onSubmitted(SimReplica replica, Delivery delivery) {}

  /** A loop of an honest replica has made a step. */
  default void onStep(SimReplica replica) {}

  /** A loop of an honest replica stopped for good. */
  default void onHalt(SimReplica replica, Throwable cause) {}

  /** Everything that is owed has happened. */
  default void onEnd() {}
}
