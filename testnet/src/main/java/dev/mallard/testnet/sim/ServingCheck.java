package dev.mallard.testnet.sim;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.c3b.receive.ServeBudget;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.RecoveredSource;
import dev.mallard.wire.PeerMessage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Catching up has a budget of its own beside live traffic ([CATCH-1]): what a replica shows a local
 * peer beyond its broadcasts stays within so many bundles, and so many more for each interval,
 * whoever asks how often. Fetches ask only for what somebody honest said was quacked ([GC-2]).
 */
final class ServingCheck implements Checker {
  /** Answers wait for workers and disk, so those of two bursts may leave together. */
  private static final int BURSTS = 2;

  private final World world;
  private final long batch;
  private final long refillMillis;
  private final int nodes;
  private final long[] budget;
  private final long[] refilledAt;
  private final Map<Long, int[]> crossed = new HashMap<>();
  private final long[] quackedMax = new long[2];

  ServingCheck(World world) {
    C3bParameters c3b = world.plan().c3b();
    this.world = world;
    this.batch = c3b.fetchBatchBundles();
    this.refillMillis = c3b.ackIntervalMillis();
    this.nodes = world.plan().nodes();
    this.budget = new long[nodes * nodes];
    this.refilledAt = new long[nodes * nodes];
    Arrays.fill(budget, budgetMax());
  }

  private long budgetMax() {
    return BURSTS * ServeBudget.BURST_REQUESTS * batch;
  }

  @Override
  public void onStart(
      SimReplica replica, RecoveredSource source, RecoveredDestination destination) {
    Arrays.fill(budget, replica.node() * nodes, (replica.node() + 1) * nodes, budgetMax());
  }

  /** A bundle from the other side may be broadcast: to each peer once. */
  @Override
  public void onArrival(int from, SimReplica to, PeerMessage message) {
    if (message instanceof PeerMessage.BundleMessage bundle && !to.isLocal(from)) {
      int[] owed =
          crossed.computeIfAbsent(
              key(to.node(), bundle.bundle().header().sequence()), ignored -> new int[nodes]);
      for (int peer = 0; peer < nodes; peer++) {
        owed[peer]++;
      }
    }
  }

  @Override
  public void onSend(SimReplica from, int to, PeerMessage message) {
    switch (message) {
      case PeerMessage.BundleMessage bundle when from.isLocal(to) ->
          onCopy(from, to, bundle.bundle().header().sequence());
      case PeerMessage.AnnounceMessage announce ->
          quackedMax[from.side()] = Math.max(quackedMax[from.side()], announce.quacked());
      case PeerMessage.BundleMessage bundle ->
          quackedMax[from.side()] = Math.max(quackedMax[from.side()], bundle.quacked());
      case PeerMessage.FetchMessage fetch -> onFetch(from, fetch);
      default -> {}
    }
  }

  private void onFetch(SimReplica from, PeerMessage.FetchMessage fetch) {
    long said = quackedMax[1 - from.side()];
    world
        .coverage()
        .check(
            Clause.GC_2,
            fetch.count() <= batch && fetch.from() + fetch.count() - 1 <= said,
            () -> from.name() + " asks " + fetch + ", honest senders said " + said);
  }

  private void onCopy(SimReplica from, int to, long sequence) {
    int[] owed = crossed.get(key(from.node(), sequence));
    if (owed != null && owed[to] > 0) {
      owed[to]--;
      return;
    }
    int link = from.node() * nodes + to;
    long earned = (world.time().now() - refilledAt[link]) / refillMillis;
    refilledAt[link] += earned * refillMillis;
    budget[link] = Math.min(budgetMax(), budget[link] + earned * batch) - 1;
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

  private static long key(int node, long sequence) {
    return ((long) node << 40) | sequence;
  }
}
