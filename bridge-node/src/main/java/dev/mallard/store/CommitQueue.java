package dev.mallard.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The commits that wait for the disk: how many may ([G-4]), and which of them share an fsync
 * ([RECV-3]). The same rules in the node and in the simulator. Not thread-safe.
 */
public final class CommitQueue {
  private final String name;
  private final StoreLimits limits;
  private final StoreMetrics metrics;
  private final ArrayDeque<Commit> queue = new ArrayDeque<>();
  private int pendingCommits;
  private long pendingBytes;

  /**
   * @param name of the store, for errors
   */
  public CommitQueue(String name, StoreLimits limits, StoreMetrics metrics) {
    this.name = name;
    this.limits = limits;
    this.metrics = metrics;
  }

  /** Whether a commit of so many bytes would be taken now. */
  public boolean hasRoom(long bytes) {
    return pendingCommits < limits.journalQueueCommitsMax()
        && pendingBytes + bytes <= limits.journalQueueBytesMax();
  }

  /**
   * Queues a commit, or says why not: {@link JournalFullException} when there is no room now, and
   * IllegalArgumentException for one that is too large at any time.
   */
  public Optional<Exception> add(Commit commit) {
    if (commit.bytes() > limits.commitBytesMax()) {
      metrics.onOverflow();
      return Optional.of(tooLarge(commit));
    }
    if (!hasRoom(commit.bytes())) {
      metrics.onOverflow();
      return Optional.of(full());
    }
    pendingCommits++;
    pendingBytes += commit.bytes();
    queue.add(commit);
    return Optional.empty();
  }

  /** Commits that wait for the disk, those of the group under way included. */
  public int waitingCommits() {
    return pendingCommits;
  }

  /** Their bytes. */
  public long waitingBytes() {
    return pendingBytes;
  }

  /** Whether no commit waits for a group. */
  public boolean isEmpty() {
    return queue.isEmpty();
  }

  /**
   * Removes the commits that share the next fsync: all that wait, up to the limits of a group. They
   * take up room until they are {@link #release}d.
   */
  public List<Commit> takeGroup() {
    List<Commit> group = new ArrayList<>();
    long bytes = 0;
    while (group.size() < limits.groupCommitsMax()) {
      Commit next = queue.peek();
      if (next == null || (!group.isEmpty() && bytes + next.bytes() > limits.groupBytesMax())) {
        break;
      }
      bytes += next.bytes();
      group.add(queue.remove());
    }
    return group;
  }

  /** The commits of a group wait no more; before their futures complete. */
  public void release(List<Commit> group) {
    pendingCommits -= group.size();
    for (Commit commit : group) {
      pendingBytes -= commit.bytes();
    }
  }

  private IllegalArgumentException tooLarge(Commit commit) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "store %s: a commit of %d bytes is above commitBytesMax %d; lower the bundle limits",
            name,
            commit.bytes(),
            limits.commitBytesMax()));
  }

  private JournalFullException full() {
    return new JournalFullException(
        String.format(
            Locale.ROOT,
            "store %s: %d commits of %d bytes wait for the disk, which is the limit; the disk is too slow for the streams' windows",
            name,
            pendingCommits,
            pendingBytes));
  }
}
