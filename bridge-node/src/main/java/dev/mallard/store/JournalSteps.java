package dev.mallard.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The journal without thread and clock: groups of commits become atomic batches over any {@link
 * RecordStore}. A group is {@link #add}ed commit by commit, then {@link #write} makes it durable
 * and tells what became of each. The node's journal thread drives it, and the simulator in virtual
 * time; a crash between the two is a crash while the group was under way. One thread.
 */
public final class JournalSteps implements AutoCloseable {
  private final RecordStore store;
  private final StoreMetrics metrics;
  private final LongSupplier nanos;
  private final JournalBatch batch;
  private final List<Commit> group = new ArrayList<>();
  private final List<@Nullable Throwable> refusals = new ArrayList<>();
  private @Nullable StoreException broken;

  /**
   * What became of a commit.
   *
   * @param refusal null if it is durable
   */
  public record Settled(Commit commit, @Nullable Throwable refusal) {
    /** Completes the commit's future accordingly. */
    public void complete() {
      if (refusal == null) {
        commit.future().complete(null);
      } else {
        commit.future().completeExceptionally(refusal);
      }
    }
  }

  /**
   * @param identity whose streams it keeps; commits of others are refused
   * @param nanos a clock, for the metrics only
   */
  public JournalSteps(
      RecordStore store,
      StoreIdentity identity,
      StoreLimits limits,
      StoreMetrics metrics,
      LongSupplier nanos) {
    this.store = store;
    this.metrics = metrics;
    this.nanos = nanos;
    this.batch = new JournalBatch(store, identity, limits);
  }

  /**
   * Adds a commit to the group. One that contradicts what is durable, or is ahead of it in the
   * group, is refused alone ([CERT-1]); after an error of the disk nothing is written any more.
   */
  public void add(Commit commit) {
    group.add(commit);
    refusals.add(broken == null ? refusalOf(commit) : null);
  }

  /** Makes the group durable ([G-3]), or nothing of it, and begins the next one. */
  public List<Settled> write() {
    if (broken == null) {
      writeBatch();
    }
    List<Settled> settled = new ArrayList<>(group.size());
    for (int i = 0; i < group.size(); i++) {
      Throwable refusal = refusals.get(i);
      settled.add(new Settled(group.get(i), refusal == null ? broken : refusal));
    }
    group.clear();
    refusals.clear();
    return settled;
  }

  private @Nullable Throwable refusalOf(Commit commit) {
    try {
      Optional<StoreException> sick = store.failure();
      if (sick.isPresent()) {
        throw store.refusedAfter(sick.get());
      }
      batch.add(commit.writes());
      return null;
    } catch (ContradictionException | IllegalArgumentException refused) {
      metrics.onContradiction();
      return refused;
    } catch (StoreException e) {
      onFailure(e);
    } catch (RuntimeException | Error bug) {
      onFailure(failed(bug));
    }
    return null;
  }

  private void writeBatch() {
    long bytes = batch.sizeBytes();
    long begun = nanos.getAsLong();
    try {
      batch.write();
    } catch (StoreException e) {
      onFailure(e);
      return;
    } catch (RuntimeException | Error bug) {
      onFailure(failed(bug));
      return;
    }
    int accepted = 0;
    for (Throwable refusal : refusals) {
      accepted += refusal == null ? 1 : 0;
    }
    if (accepted > 0) {
      metrics.onBatch(accepted, bytes, nanos.getAsLong() - begun);
    }
  }

  private StoreException failed(Throwable bug) {
    return new StoreException(
        String.format(
            Locale.ROOT,
            "store %s: the journal failed: %s. Report it; restart the node",
            store.name(),
            bug),
        bug);
  }

  /** Nothing of the group is acknowledged, and nothing after it. */
  private void onFailure(StoreException cause) {
    metrics.onFailure();
    store.fail(cause);
    broken = cause;
  }

  @Override
  public void close() {
    batch.close();
  }
}
