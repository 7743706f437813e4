package dev.mallard.testnet.sim;

import dev.mallard.c3b.receive.FetchPlan;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.RecoveredSource;
import dev.mallard.wire.PeerMessage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Who catches up asks only for what somebody honest said was quacked ([GC-2]), a few requests at a
 * time, each to another peer and for other bundles, until it is answered or its patience ends
 * ([CATCH-1]): an outage of one replica is no burst of traffic for the others.
 */
final class FetchCheck implements Checker {
  private record Request(int peer, long from, long to, long at) {
    boolean meets(PeerMessage.FetchMessage fetch) {
      return fetch.from() <= to && fetch.from() + fetch.count() - 1L >= from;
    }
  }

  /** What one replica asked for and got, in one life of its process. */
  private static final class Asker {
    final List<Request> open = new ArrayList<>();
    final BitSet arrived = new BitSet();
  }

  private final World world;
  private final long batch;
  private final long patienceMillis;
  private final Asker[] askers;
  private final long[] quackedMax = new long[2];

  FetchCheck(World world) {
    this.world = world;
    this.batch = world.plan().c3b().fetchBatchBundles();
    this.patienceMillis = world.plan().c3b().lossTimeoutMillisMin();
    this.askers = new Asker[world.plan().nodes()];
    for (int node = 0; node < askers.length; node++) {
      askers[node] = new Asker();
    }
  }

  @Override
  public void onStart(
      SimReplica replica, RecoveredSource source, RecoveredDestination destination) {
    Asker asker = new Asker();
    destination.held().forEach(header -> asker.arrived.set(Math.toIntExact(header.sequence())));
    askers[replica.node()] = asker;
  }

  @Override
  public void onArrival(int from, SimReplica to, PeerMessage message) {
    if (message instanceof PeerMessage.BundleMessage bundle) {
      long sequence = bundle.bundle().header().sequence();
      if (sequence >= 1 && sequence <= world.truth(1 - to.side()).count()) {
        askers[to.node()].arrived.set((int) sequence);
      }
    }
  }

  @Override
  public void onSend(SimReplica from, int to, PeerMessage message) {
    switch (message) {
      case PeerMessage.AnnounceMessage announce ->
          quackedMax[from.side()] = Math.max(quackedMax[from.side()], announce.quacked());
      case PeerMessage.BundleMessage bundle ->
          quackedMax[from.side()] = Math.max(quackedMax[from.side()], bundle.quacked());
      case PeerMessage.FetchMessage fetch -> onFetch(from, to, fetch);
      default -> {}
    }
  }

  private void onFetch(SimReplica from, int to, PeerMessage.FetchMessage fetch) {
    long said = quackedMax[1 - from.side()];
    world
        .coverage()
        .check(
            Clause.GC_2,
            fetch.count() <= batch && fetch.from() + fetch.count() - 1 <= said,
            () -> from.name() + " asks " + fetch + ", honest senders said " + said);
    List<Request> open = askers[from.node()].open;
    open.removeIf(request -> isOver(from, request));
    world
        .coverage()
        .check(
            Clause.CATCH_1,
            open.size() < FetchPlan.REQUESTS_MAX
                && open.stream().noneMatch(other -> other.peer() == to || other.meets(fetch)),
            () ->
                from.name()
                    + " asks "
                    + world.plan().nameOf(to)
                    + " for "
                    + fetch.count()
                    + " bundles from "
                    + fetch.from()
                    + " on, and waits for "
                    + open);
    open.add(new Request(to, fetch.from(), fetch.from() + fetch.count() - 1L, world.time().now()));
  }

  /** Whether the one who asked may have what it asked for, or has waited long enough for it. */
  private boolean isOver(SimReplica asker, Request request) {
    if (world.time().now() - request.at() >= patienceMillis) {
      return true;
    }
    long executed = world.chain(asker.side()).inboxFinalized().sequence();
    long first = Math.max(request.from(), executed + 1);
    return askers[asker.node()].arrived.nextClearBit((int) first) > request.to();
  }
}
