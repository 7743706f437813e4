package dev.mallard.testnet.sim;

import dev.mallard.c3b.receive.ServeBudget;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.RecoveredSource;
import dev.mallard.wire.PeerMessage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Catching up has a budget of its own beside live traffic ([CATCH-1]). What a replica shows a local
 * peer is a broadcast of what crossed to it, once for each crossing, or was asked for by that peer;
 * and what it was asked for it serves within a burst of requests and one more each interval,
 * however often it is asked. {@link FetchCheck} watches those who ask.
 */
final class ServingCheck implements Checker {
  /** What a server owes its peers of one bundle. */
  private static final class Owed {
    final int[] broadcasts;
    final int[] asked;

    Owed(int nodes) {
      broadcasts = new int[nodes];
      asked = new int[nodes];
    }
  }

  private final World world;
  private final long batch;
  private final long refillMillis;
  private final long budgetMax;
  private final int nodes;
  private final long[] budget;
  private final long[] refilledAt;
  private final Map<Long, Owed> owed = new HashMap<>();

  ServingCheck(World world) {
    this.world = world;
    this.batch = world.plan().c3b().fetchBatchBundles();
    this.refillMillis = world.plan().c3b().ackIntervalMillis();
    this.nodes = world.plan().nodes();
    this.budgetMax = (ServeBudget.BURST_REQUESTS + underWay(world)) * batch;
    this.budget = new long[nodes * nodes];
    this.refilledAt = new long[nodes * nodes];
    Arrays.fill(budget, budgetMax);
  }

  /**
   * Requests granted that the disk has yet to answer: as many as are earned while a worker is busy,
   * and one that was earned just now.
   */
  private long underWay(World world) {
    return world.plan().machine().workMillis() / refillMillis + 1;
  }

  @Override
  public void onStart(
      SimReplica replica, RecoveredSource source, RecoveredDestination destination) {
    Arrays.fill(budget, replica.node() * nodes, (replica.node() + 1) * nodes, budgetMax);
  }

  @Override
  public void onArrival(int from, SimReplica to, PeerMessage message) {
    if (message instanceof PeerMessage.BundleMessage bundle && !to.isLocal(from)) {
      Owed of = owedBy(to.node(), bundle.bundle().header().sequence());
      for (int peer = 0; peer < nodes; peer++) {
        of.broadcasts[peer]++;
      }
    } else if (message instanceof PeerMessage.FetchMessage fetch && to.isLocal(from)) {
      long last = Math.min(fetch.from() + fetch.count() - 1L, world.truth(1 - to.side()).count());
      for (long k = Math.max(1, fetch.from()); k <= last; k++) {
        owedBy(to.node(), k).asked[from]++;
      }
    }
  }

  @Override
  public void onSend(SimReplica from, int to, PeerMessage message) {
    if (message instanceof PeerMessage.BundleMessage bundle && from.isLocal(to)) {
      onCopy(from, to, bundle.bundle().header().sequence());
    }
  }

  private void onCopy(SimReplica from, int to, long sequence) {
    Owed of = owedBy(from.node(), sequence);
    if (of.broadcasts[to] > 0) {
      of.broadcasts[to]--;
      return;
    }
    world
        .coverage()
        .check(
            Clause.CATCH_1,
            of.asked[to] > 0,
            () ->
                from.name()
                    + " shows "
                    + world.plan().nameOf(to)
                    + " bundle "
                    + sequence
                    + ", which did not cross to it and was not asked for");
    of.asked[to]--;
    onServed(from, to);
  }

  private void onServed(SimReplica from, int to) {
    int link = from.node() * nodes + to;
    long earned = (world.time().now() - refilledAt[link]) / refillMillis;
    refilledAt[link] += earned * refillMillis;
    budget[link] = Math.min(budgetMax, budget[link] + earned * batch) - 1;
    world
        .coverage()
        .check(
            Clause.CATCH_1,
            budget[link] >= 0,
            () ->
                from.name()
                    + " serves "
                    + world.plan().nameOf(to)
                    + " more than "
                    + batch
                    + " bundles each "
                    + refillMillis
                    + " ms");
  }

  private Owed owedBy(int node, long sequence) {
    return owed.computeIfAbsent(((long) node << 40) | sequence, ignored -> new Owed(nodes));
  }
}
