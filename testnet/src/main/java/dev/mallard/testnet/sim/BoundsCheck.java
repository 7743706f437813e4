package dev.mallard.testnet.sim;

import dev.mallard.c3b.StreamReceiver;
import dev.mallard.c3b.StreamSender;
import dev.mallard.replica.BridgeReplica;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreException;
import java.util.Arrays;

/**
 * Queues and windows within limits ([G-4], [SEND-2]); frontiers that only rise and keep their order
 * ([G-7]); no honest stream halts but on a sick disk or a chain that takes back what is final.
 */
final class BoundsCheck implements Checker {
  private final World world;
  private final long[] quacked;
  private final long[] held;
  private final long[] executed;

  BoundsCheck(World world) {
    this.world = world;
    int nodes = world.plan().nodes();
    this.quacked = new long[nodes];
    this.held = new long[nodes];
    this.executed = new long[nodes];
  }

  @Override
  public void onStart(
      SimReplica replica, RecoveredSource source, RecoveredDestination destination) {
    for (long[] frontier : new long[][] {quacked, held, executed}) {
      Arrays.fill(frontier, replica.node(), replica.node() + 1, 0);
    }
  }

  @Override
  public void onStep(SimReplica replica) {
    BridgeReplica running = replica.replica();
    if (running == null) {
      return;
    }
    int node = replica.node();
    StreamSender sender = running.source().core();
    StreamReceiver receiver = running.destination().core();
    int window = world.plan().c3b().windowBundles();
    world
        .coverage()
        .check(
            Clause.G_4,
            sender.inFlight() <= window
                && receiver.held()
                    <= receiver.executed() + world.plan().c3b().heldAheadBundles() + window,
            () ->
                replica.name()
                    + " has "
                    + sender.inFlight()
                    + " in flight and holds "
                    + receiver.held()
                    + " with "
                    + receiver.executed()
                    + " executed");
    world
        .coverage()
        .check(
            Clause.G_7,
            sender.quacked() >= quacked[node]
                && receiver.held() >= held[node]
                && receiver.executed() >= executed[node]
                && receiver.executed() <= receiver.held(),
            () -> replica.name() + ": a frontier went back, or executed is beyond held");
    quacked[node] = sender.quacked();
    held[node] = receiver.held();
    executed[node] = receiver.executed();
  }

  /** A loop that lags hears of a wrong fork when its RPC has come back to the right one. */
  private boolean wasOnWrongFork(SimReplica replica) {
    long now = world.time().now();
    return world.plan().faults().stream()
        .anyMatch(fault ->
            fault instanceof Fault.Rpc rpc
                && rpc.kind() == Fault.RpcKind.BREAKS_FINALITY
                && rpc.node() == replica.node()
                && rpc.from() <= now
                && now - world.plan().machine().lagMillis()
                    <= Math.min(rpc.to(), world.plan().healAtMillis()));
  }

  @Override
  public void onHalt(SimReplica replica, Throwable cause) {
    boolean isDiskSick = cause instanceof StoreException && replica.disk().isFailing();
    if (!isDiskSick && !wasOnWrongFork(replica)) {
      throw new Violation("HALT", replica.name() + " halts a stream: " + cause);
    }
  }
}
