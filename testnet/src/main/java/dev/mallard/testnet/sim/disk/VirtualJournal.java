package dev.mallard.testnet.sim.disk;

import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.stake.StreamId;
import dev.mallard.store.Commit;
import dev.mallard.store.CommitQueue;
import dev.mallard.store.Journal;
import dev.mallard.store.JournalSteps;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreException;
import dev.mallard.store.StoreIdentity;
import dev.mallard.store.StoreLimits;
import dev.mallard.store.StoreMetrics;
import dev.mallard.store.StoreRecovery;
import dev.mallard.store.StoreWrite;
import dev.mallard.testnet.sim.Timeline;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * One life of a replica's journal in virtual time: queue, groups, batches and recovery are the
 * node's, thread and disk are not. All commits that wait when the disk is free share one fsync
 * ([RECV-3]), and their futures complete behind it, in order, from the timeline ([G-3]). After a
 * {@link #crash} nothing of this life happens any more; the next one is opened over the same disk.
 */
public final class VirtualJournal implements Journal {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final VirtualDisk disk;
  private final Timeline timeline;
  private final LongSupplier syncMillis;
  private final StoreMetrics metrics = new StoreMetrics();
  private final StoreRecovery recovery;
  private final CommitQueue queue;
  private final JournalSteps steps;
  private List<Commit> underWay = List.of();
  private State state = State.IDLE;

  private enum State {
    /** No commit waits. */
    IDLE,
    /** Commits of this moment gather before their group begins. */
    GATHERING,
    /** A group's fsync is under way; commits gather for the next. */
    SYNCING,
    /** This life is over. */
    CRASHED
  }

  private VirtualJournal(
      VirtualDisk disk,
      StoreIdentity identity,
      StoreLimits limits,
      Timeline timeline,
      LongSupplier syncMillis) {
    this.disk = disk;
    this.timeline = timeline;
    this.syncMillis = syncMillis;
    this.recovery = new StoreRecovery(disk);
    this.queue = new CommitQueue(disk.name(), limits, metrics);
    this.steps =
        new JournalSteps(disk, identity, limits, metrics, () -> timeline.now() * NANOS_PER_MILLI);
  }

  /**
   * Begins a life over what earlier ones left on the disk.
   *
   * @param syncMillis how long the next fsync takes
   */
  public static VirtualJournal open(
      VirtualDisk disk,
      StoreIdentity identity,
      StoreLimits limits,
      Timeline timeline,
      LongSupplier syncMillis) {
    return new VirtualJournal(disk, identity, limits, timeline, syncMillis);
  }

  @Override
  public CompletableFuture<Void> commit(List<StoreWrite> writes) {
    Commit commit = Commit.of(writes);
    if (state == State.CRASHED) {
      return commit.future();
    }
    Optional<? extends Exception> refusal =
        disk.failure().isPresent() ? disk.failure().map(disk::refusedAfter) : queue.add(commit);
    refusal.ifPresent(commit.future()::completeExceptionally);
    beginIfIdle();
    return commit.future();
  }

  @Override
  public boolean hasRoom(long bytes) {
    return state != State.CRASHED && queue.hasRoom(bytes);
  }

  @Override
  public RecoveredSource loadSource(StreamId stream) throws StoreException {
    checkAlive();
    return recovery.source(stream);
  }

  @Override
  public RecoveredDestination loadDestination(StreamId stream) throws StoreException {
    checkAlive();
    return recovery.destination(stream);
  }

  @Override
  public Optional<CertifiedBundle> readInbound(StreamId stream, long sequence)
      throws StoreException {
    checkAlive();
    return recovery.inbound(stream, sequence);
  }

  /** What waits for the disk now. */
  public CommitQueue queue() {
    return queue;
  }

  /** What this life has done. */
  public StoreMetrics metrics() {
    return metrics;
  }

  /**
   * Ends this life at once: no future of it completes any more. The group that is under way, if
   * there is one, is the newest of the batches whose fate is asked for.
   */
  public void crash(CrashFate fate) {
    if (state == State.CRASHED) {
      throw new IllegalStateException("the journal over " + disk.name() + " has crashed before");
    }
    boolean isSyncing = state == State.SYNCING;
    state = State.CRASHED;
    int unconfirmed = disk.unconfirmed() + (isSyncing ? 1 : 0);
    int kept = unconfirmed == 0 ? 0 : fate.kept(unconfirmed);
    if (isSyncing && kept == unconfirmed) {
      List<JournalSteps.Settled> _ = steps.write();
      kept = disk.unconfirmed();
    }
    disk.crash(kept);
  }

  private void beginIfIdle() {
    if (state == State.IDLE && !queue.isEmpty()) {
      state = State.GATHERING;
      timeline.after(0, this::begin);
    }
  }

  private void begin() {
    if (state == State.CRASHED) {
      return;
    }
    state = State.SYNCING;
    underWay = queue.takeGroup();
    underWay.forEach(steps::add);
    timeline.after(syncMillis.getAsLong(), this::finish);
  }

  private void finish() {
    if (state == State.CRASHED) {
      return;
    }
    List<JournalSteps.Settled> settled = steps.write();
    queue.release(underWay);
    underWay = List.of();
    state = State.IDLE;
    beginIfIdle();
    for (JournalSteps.Settled commit : settled) {
      if (state == State.CRASHED) {
        return;
      }
      commit.complete();
    }
  }

  private void checkAlive() throws StoreException {
    if (state == State.CRASHED) {
      throw new StoreException("store " + disk.name() + ": its replica has crashed");
    }
  }
}
