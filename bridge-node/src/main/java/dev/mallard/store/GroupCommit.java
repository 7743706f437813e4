package dev.mallard.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The journal thread and its bounded queue: all commits that wait when the disk is free become one
 * batch and share one fsync ([RECV-3]). After a failed write nothing is ever committed again
 * ([G-3]).
 */
final class GroupCommit implements AutoCloseable {
  private final RecordStore disk;
  private final CommitQueue queue;
  private final JournalSteps steps;
  private final DrainingThread<List<Commit>> thread;

  GroupCommit(RecordStore disk, StoreIdentity identity, StoreLimits limits, StoreMetrics metrics) {
    this.disk = disk;
    this.queue = new CommitQueue(disk.name(), limits, metrics);
    this.steps = new JournalSteps(disk, identity, limits, metrics, System::nanoTime);
    this.thread =
        new DrainingThread<>(
            "mallard-journal",
            new DrainingThread.Queue<>() {
              @Override
              public boolean isEmpty() {
                return queue.isEmpty();
              }

              @Override
              public List<Commit> take() {
                return queue.takeGroup();
              }
            },
            this::commit);
  }

  void start() {
    thread.start();
  }

  /** Queues a commit, or fails it at once. Never blocks on the disk. */
  CompletableFuture<Void> submit(List<StoreWrite> writes) {
    Commit commit = Commit.of(writes);
    refusalOf(commit).ifPresent(commit.future()::completeExceptionally);
    return commit.future();
  }

  boolean hasRoom(long bytes) {
    return thread.locked(() -> !thread.isClosing() && queue.hasRoom(bytes));
  }

  private Optional<? extends Exception> refusalOf(Commit commit) {
    Optional<StoreException> sick = disk.failure();
    return sick.isPresent()
        ? sick.map(disk::refusedAfter)
        : thread.locked(() -> thread.isClosing() ? Optional.of(closed()) : queue.add(commit));
  }

  private StoreException closed() {
    return new StoreException("store " + disk.name() + " is being closed");
  }

  private void commit(List<Commit> group) {
    group.forEach(steps::add);
    List<JournalSteps.Settled> settled = steps.write();
    thread.locked(() -> {
      queue.release(group);
      return true;
    });
    settled.forEach(JournalSteps.Settled::complete);
  }

  /** Commits what waits, then ends the thread. */
  @Override
  public void close() {
    thread.close();
    steps.close();
  }
}
