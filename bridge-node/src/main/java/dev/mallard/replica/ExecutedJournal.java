package dev.mallard.replica;

import dev.mallard.stake.StreamId;
import dev.mallard.store.StoreWrite;
import java.util.List;

/**
 * Records how far the local chain has executed a stream, and drops what lies behind that and
 * retention ([GC-1]). One commit at a time, with the newest numbers: while a disk hangs the chain
 * goes on, and nothing piles up. On the stream's loop.
 */
final class ExecutedJournal {
  private final StreamId stream;
  private final int retentionBundles;
  private final StreamJournal disk;
  private long sequence;
  private long count;
  private boolean isCommitting;

  ExecutedJournal(StreamId stream, int retentionBundles, StreamJournal disk) {
    this.stream = stream;
    this.retentionBundles = retentionBundles;
    this.disk = disk;
  }

  /**
   * Bundles up to {@code executedSequence}, with {@code executedCount} entries, are executed at a
   * finalized block.
   */
  void onExecuted(long executedSequence, long executedCount) {
    sequence = executedSequence;
    count = executedCount;
    if (!isCommitting) {
      commit();
    }
  }

  private void commit() {
    isCommitting = true;
    long committed = sequence;
    disk.commit(
        List.of(
            new StoreWrite.InboundExecuted(stream, sequence, count),
            new StoreWrite.InboundDropped(stream, Math.max(0, sequence - retentionBundles))),
        () -> onCommitted(committed));
  }

  private void onCommitted(long committed) {
    isCommitting = false;
    if (sequence > committed) {
      commit();
    }
  }
}
