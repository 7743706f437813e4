package dev.mallard.testnet.sim;

import dev.mallard.chain.Delivery;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreWrite;
import dev.mallard.wire.PeerMessage;
import java.util.List;
import java.util.function.Consumer;

/**
 * All checkers of a run. The first violation is kept: it may be thrown inside a future or a step of
 * code that catches everything.
 */
final class Checkers implements Checker {
  private final List<Checker> all;
  private final Consumer<Violation> onViolation;

  Checkers(List<Checker> all, Consumer<Violation> onViolation) {
    this.all = List.copyOf(all);
    this.onViolation = onViolation;
  }

  @Override
  public void onSend(SimReplica from, int to, PeerMessage message) {
    each(checker -> checker.onSend(from, to, message));
  }

  @Override
  public void onArrival(int from, SimReplica to, PeerMessage message) {
    each(checker -> checker.onArrival(from, to, message));
  }

  @Override
  public void onDurable(SimReplica replica, List<StoreWrite> writes) {
    each(checker -> checker.onDurable(replica, writes));
  }

  @Override
  public void onStart(
      SimReplica replica, RecoveredSource source, RecoveredDestination destination) {
    each(checker -> checker.onStart(replica, source, destination));
  }

  @Override
  public void onSubmitted(SimReplica replica, Delivery delivery) {
    each(checker -> checker.onSubmitted(replica, delivery));
  }

  @Override
  public void onStep(SimReplica replica) {
    each(checker -> checker.onStep(replica));
  }

  @Override
  public void onHalt(SimReplica replica, Throwable cause) {
    each(checker -> checker.onHalt(replica, cause));
  }

  @Override
  public void onEnd() {
    each(Checker::onEnd);
  }

  private void each(Consumer<Checker> call) {
    try {
      for (Checker checker : all) {
        call.accept(checker);
      }
    } catch (Violation violation) {
      onViolation.accept(violation);
      throw violation;
    }
  }
}
