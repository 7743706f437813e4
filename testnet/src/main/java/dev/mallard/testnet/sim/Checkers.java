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
    try {
      for (Checker checker : all) {
        checker.onSend(from, to, message);
      }
    } catch (Violation violation) {
      throw kept(violation);
    }
  }

  @Override
  public void onArrival(int from, SimReplica to, PeerMessage message) {
    try {
      for (Checker checker : all) {
        checker.onArrival(from, to, message);
      }
    } catch (Violation violation) {
      throw kept(violation);
    }
  }

  @Override
  public void onDurable(SimReplica replica, List<StoreWrite> writes) {
    try {
      for (Checker checker : all) {
        checker.onDurable(replica, writes);
      }
    } catch (Violation violation) {
      throw kept(violation);
    }
  }

  @Override
  public void onStart(
      SimReplica replica, RecoveredSource source, RecoveredDestination destination) {
    try {
      for (Checker checker : all) {
        checker.onStart(replica, source, destination);
      }
    } catch (Violation violation) {
      throw kept(violation);
    }
  }

  @Override
  public void onSubmitted(SimReplica replica, Delivery delivery) {
    try {
      for (Checker checker : all) {
        checker.onSubmitted(replica, delivery);
      }
    } catch (Violation violation) {
      throw kept(violation);
    }
  }

  @Override
  public void onStep(SimReplica replica) {
    try {
      for (Checker checker : all) {
        checker.onStep(replica);
      }
    } catch (Violation violation) {
      throw kept(violation);
    }
  }

  @Override
  public void onHalt(SimReplica replica, Throwable cause) {
    try {
      for (Checker checker : all) {
        checker.onHalt(replica, cause);
      }
    } catch (Violation violation) {
      throw kept(violation);
    }
  }

  @Override
  public void onEnd() {
    try {
      for (Checker checker : all) {
        checker.onEnd();
      }
    } catch (Violation violation) {
      throw kept(violation);
    }
  }

  private Violation kept(Violation violation) {
    onViolation.accept(violation);
    return violation;
  }
}
