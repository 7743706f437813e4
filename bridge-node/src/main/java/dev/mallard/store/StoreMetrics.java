package dev.mallard.store;

import java.util.concurrent.atomic.LongAdder;

/** What the store has done since it was opened; any thread. */
public final class StoreMetrics {
  private final LongAdder commits = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder syncMicros = new LongAdder();
  private final LongAdder contradictions = new LongAdder();
  private final LongAdder overflows = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder indexBatches = new LongAdder();
  private final LongAdder indexLost = new LongAdder();

  /**
   * The counters at one moment.
   *
   * @param commits made durable
   * @param batches fsynced writes that carried them ([RECV-3])
   * @param bytes of those batches
   * @param syncMicros spent in those writes, fsync included
   * @param contradictions commits refused because they contradict what is durable ([CERT-1])
   * @param overflows commits refused because the queue was full
   * @param failures writes that the disk refused
   * @param indexBatches writes of the message index
   * @param indexLostMessages messages whose update was lost because the index' queue was full or
   *     its disk sick
   */
  public record Snapshot(
      long commits,
      long batches,
      long bytes,
      long syncMicros,
      long contradictions,
      long overflows,
      long failures,
      long indexBatches,
      long indexLostMessages) {}

  /** Reads all counters; not one instant, but none ever goes back. */
  public Snapshot snapshot() {
    return new Snapshot(
        commits.sum(),
        batches.sum(),
        bytes.sum(),
        syncMicros.sum(),
        contradictions.sum(),
        overflows.sum(),
        failures.sum(),
        indexBatches.sum(),
        indexLost.sum());
  }

  void onBatch(int commitCount, long batchBytes, long nanos) {
    commits.add(commitCount);
    batches.increment();
    bytes.add(batchBytes);
    syncMicros.add(nanos / 1_000);
  }

  void onContradiction() {
    contradictions.increment();
  }

  void onOverflow() {
    overflows.increment();
  }

  void onFailure() {
    failures.increment();
  }

  void onIndexBatch() {
    indexBatches.increment();
  }

  void onIndexLost(int messages) {
    indexLost.add(messages);
  }
}
