package dev.mallard.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The journal thread and its bounded queue: all commits that wait when the disk is free become one
 * batch and share one fsync ([RECV-3]). After a failed write nothing is ever committed again
 * ([G-3]).
 */
final class GroupCommit implements AutoCloseable {
  private final StoreDatabase database;
  private final StoreLimits limits;
  private final StoreMetrics metrics;
  private final JournalBatch batch;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Request> queue = new ArrayDeque<>();
  private int pendingCommits;
  private long pendingBytes;
  private boolean closing;

  private record Request(List<StoreWrite> writes, long bytes, CompletableFuture<Void> future) {}

  GroupCommit(
      StoreDatabase database, StoreIdentity identity, StoreLimits limits, StoreMetrics metrics) {
    this.database = database;
    this.limits = limits;
    this.metrics = metrics;
    this.batch = new JournalBatch(database, identity, limits);
    this.thread = Thread.ofPlatform().name("mallard-journal").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Queues a commit, or fails it at once. Never blocks on the disk. */
  CompletableFuture<Void> submit(List<StoreWrite> writes) {
    List<StoreWrite> kept = List.copyOf(writes);
    long bytes = kept.stream().mapToLong(StoreCodec::sizeBytes).sum();
    Request request = new Request(kept, bytes, new CompletableFuture<>());
    Optional<StoreException> refusal = database.failure().map(database::refusedAfter);
    if (refusal.isEmpty()) {
      refusal = enqueue(request);
    }
    refusal.ifPresent(request.future()::completeExceptionally);
    return request.future();
  }

  boolean hasRoom(long bytes) {
    lock.lock();
    try {
      return !closing
          && pendingCommits < limits.journalQueueCommitsMax()
          && pendingBytes + bytes <= limits.journalQueueBytesMax();
    } finally {
      lock.unlock();
    }
  }

  private Optional<StoreException> enqueue(Request request) {
    lock.lock();
    try {
      if (closing) {
        return Optional.of(new StoreException("store " + database.folder() + " is being closed"));
      }
      if (request.bytes() > limits.commitBytesMax()) {
        metrics.onOverflow();
        return Optional.of(tooLarge(request));
      }
      if (!hasRoom(request.bytes())) {
        metrics.onOverflow();
        return Optional.of(full());
      }
      pendingCommits++;
      pendingBytes += request.bytes();
      queue.add(request);
      changed.signal();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private StoreException tooLarge(Request request) {
    return new StoreException(
        String.format(
            Locale.ROOT,
            "store %s: a commit of %d bytes is above commitBytesMax %d; lower the bundle limits",
            database.folder(),
            request.bytes(),
            limits.commitBytesMax()));
  }

  private StoreException full() {
    return new StoreException(
        String.format(
            Locale.ROOT,
            "store %s: %d commits of %d bytes wait for the disk, which is the limit; the disk is too slow for the streams' windows",
            database.folder(),
            pendingCommits,
            pendingBytes));
  }

  private void run() {
    try (batch) {
      for (List<Request> group = take(); !group.isEmpty(); group = take()) {
        List<@Nullable Throwable> outcomes = commit(group);
        release(group);
        complete(group, outcomes);
      }
    }
  }

  /** Waits for commits; empty once the store closes and none is left. */
  private List<Request> take() {
    lock.lock();
    try {
      while (queue.isEmpty() && !closing) {
        changed.awaitUninterruptibly();
      }
      List<Request> group = new ArrayList<>();
      long bytes = 0;
      while (group.size() < limits.groupCommitsMax()) {
        Request next = queue.peek();
        if (next == null || (!group.isEmpty() && bytes + next.bytes() > limits.groupBytesMax())) {
          break;
        }
        bytes += next.bytes();
        group.add(queue.remove());
      }
      return group;
    } finally {
      lock.unlock();
    }
  }

  private void release(List<Request> group) {
    lock.lock();
    try {
      pendingCommits -= group.size();
      pendingBytes -= group.stream().mapToLong(Request::bytes).sum();
    } finally {
      lock.unlock();
    }
  }

  /** One outcome for each request; null for durable. */
  private List<@Nullable Throwable> commit(List<Request> group) {
    List<@Nullable Throwable> outcomes = new ArrayList<>(group.size());
    try {
      int accepted = 0;
      for (Request request : group) {
        Throwable refusal = refusalOf(request);
        outcomes.add(refusal);
        accepted += refusal == null ? 1 : 0;
      }
      write(accepted);
    } catch (StoreException e) {
      onFailure(group, outcomes, e);
    } catch (RuntimeException | Error bug) {
      StoreException wrapped =
          new StoreException(
              String.format(
                  Locale.ROOT,
                  "store %s: the journal failed: %s. Report it; restart the node",
                  database.folder(),
                  bug),
              bug);
      onFailure(group, outcomes, wrapped);
    }
    return outcomes;
  }

  private @Nullable Throwable refusalOf(Request request) throws StoreException {
    Optional<StoreException> sick = database.failure();
    if (sick.isPresent()) {
      throw database.refusedAfter(sick.get());
    }
    try {
      batch.add(request.writes());
      return null;
    } catch (ContradictionException | IllegalArgumentException refused) {
      metrics.onContradiction();
      return refused;
    }
  }

  private void write(int accepted) throws StoreException {
    long bytes = batch.sizeBytes();
    long begun = System.nanoTime();
    batch.write();
    if (accepted > 0) {
      metrics.onBatch(accepted, bytes, System.nanoTime() - begun);
    }
  }

  /** Nothing of the group is acknowledged, and nothing after it. */
  private void onFailure(
      List<Request> group, List<@Nullable Throwable> outcomes, StoreException cause) {
    metrics.onFailure();
    database.fail(cause);
    while (outcomes.size() < group.size()) {
      outcomes.add(cause);
    }
    outcomes.replaceAll(outcome -> outcome == null ? cause : outcome);
  }

  private static void complete(List<Request> group, List<@Nullable Throwable> outcomes) {
    for (int i = 0; i < group.size(); i++) {
      Throwable outcome = outcomes.get(i);
      if (outcome == null) {
        group.get(i).future().complete(null);
      } else {
        group.get(i).future().completeExceptionally(outcome);
      }
    }
  }

  /** Commits what waits, then ends the thread. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    StoreThreads.joinUninterruptibly(thread);
  }
}
