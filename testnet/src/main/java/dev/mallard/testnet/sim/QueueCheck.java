package dev.mallard.testnet.sim;

import dev.mallard.c3b.StreamReceiver;
import dev.mallard.c3b.receive.PendingBundle;
import dev.mallard.certify.Certifier;
import dev.mallard.replica.BridgeReplica;
import dev.mallard.replica.DestinationStream;
import dev.mallard.replica.SourceStream;
import dev.mallard.store.CommitQueue;
import dev.mallard.store.StoreLimits;
import org.jspecify.annotations.Nullable;

/**
 * Every queue and table behind the ports stays within its limit ([G-4], docs/LIMITS.md), whatever
 * liars pour in: what waits on the loops, on the workers and for the disk, what is not verified
 * yet, and what certification remembers.
 */
final class QueueCheck implements Checker {
  /** Heads of the chain, deliveries and readings that may wait on a loop. */
  private static final int CHAIN_NEWS_MAX = 64;

  private final World world;
  private final int window;
  private final long windowBytes;
  private final int unquackedMax;
  private final int attestedMax;
  private final int deferredMax;
  private final int completionsMax;
  private final StoreLimits storeLimits;

  QueueCheck(World world) {
    SimPlan plan = world.plan();
    this.world = world;
    this.window = plan.c3b().windowBundles();
    this.windowBytes = plan.c3b().windowBytes();
    this.unquackedMax = 2 * window + World.READING_BUNDLES_MAX;
    this.attestedMax = Certifier.KEPT_MAX + window + unquackedMax;
    this.deferredMax = 2 * unquackedMax;
    this.storeLimits = QueueLimits.store(plan);
    this.completionsMax = 2 * unquackedMax + 4 * plan.nodes() + CHAIN_NEWS_MAX;
  }

  @Override
  public void onStep(SimReplica replica) {
    BridgeReplica running = replica.replica();
    if (running == null) {
      return;
    }
    check(isReceiverWithin(running.destination().core()), replica);
    check(isWithin(running.source(), running.destination(), replica.queueMax()), replica);
    check(isWithin(replica.commits(), storeLimits), replica);
  }

  private void check(boolean holds, SimReplica replica) {
    world.coverage().check(Clause.G_4, holds, () -> text(replica));
  }

  /** Unbelieved bytes within the window's, but for a single bundle that is larger. */
  private boolean isReceiverWithin(StreamReceiver receiver) {
    return receiver.pendingBundles() <= 2 * window
        && receiver.unverifiedCopies() <= 2 * window * (1 + PendingBundle.ALTERNATES_MAX)
        && (receiver.unverifiedBytes() <= windowBytes || receiver.unverifiedCopies() == 1)
        && receiver.relaysRemembered() <= 2 * window;
  }

  private boolean isWithin(SourceStream source, DestinationStream destination, int offeredMax) {
    return source.waiting() <= offeredMax + completionsMax
        && destination.waiting() <= offeredMax + completionsMax
        && source.bundlesWaiting() <= 2 * unquackedMax
        && source.attestedBundles() <= attestedMax
        && source.deferred() <= deferredMax
        && destination.deferred() <= deferredMax;
  }

  private static boolean isWithin(@Nullable CommitQueue commits, StoreLimits limits) {
    return commits == null
        || (commits.waitingCommits() <= limits.journalQueueCommitsMax()
            && commits.waitingBytes() <= limits.journalQueueBytesMax());
  }

  private String text(SimReplica replica) {
    BridgeReplica running = replica.replica();
    if (running == null) {
      return replica.name() + " is down";
    }
    SourceStream source = running.source();
    DestinationStream destination = running.destination();
    return replica.name()
        + " has more than its limits allow: on its loops "
        + source.waiting()
        + " and "
        + destination.waiting()
        + ", deferred "
        + source.deferred()
        + " and "
        + destination.deferred()
        + ", bundles waiting "
        + source.bundlesWaiting()
        + ", attested "
        + source.attestedBundles()
        + ", pending "
        + destination.core().pendingBundles()
        + ", unverified "
        + destination.core().unverifiedCopies()
        + " with "
        + destination.core().unverifiedBytes()
        + " bytes, broadcasts remembered "
        + destination.core().relaysRemembered();
  }
}
