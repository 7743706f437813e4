package dev.mallard.store;

import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.stake.StreamId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What the runtime wants of the disk. Any thread; never blocks but for {@code load} and {@code
 * read}.
 */
public interface Journal {
  /**
   * Makes changes durable, all or none. Concurrent commits share fsyncs ([RECV-3]); they become
   * durable in the order of the calls.
   *
   * @return completes after the fsync, on the journal's thread; fails with {@link StoreException}
   *     when the disk refuses, and then every later commit fails too: nothing may be acknowledged
   *     on a sick disk. Fails with {@link ContradictionException}, and changes nothing, when what
   *     is durable forbids it ([CERT-1]). Fails with {@link JournalFullException}, and changes
   *     nothing, when too much waits already: try again when there is room
   */
  CompletableFuture<Void> commit(List<StoreWrite> writes);

  /**
   * Whether a commit with payloads of so many bytes would find room in the queue now ([G-4]); never
   * again once the store closes.
   */
  boolean hasRoom(long bytes);

  /** The source side of a stream as it was last durable. Blocks. */
  RecoveredSource loadSource(StreamId stream) throws StoreException;

  /** The destination side of a stream as it was last durable. Blocks. */
  RecoveredDestination loadDestination(StreamId stream) throws StoreException;

  /** An inbound bundle, if it is on disk. Blocks; for a worker thread. */
  Optional<CertifiedBundle> readInbound(StreamId stream, long sequence) throws StoreException;
}
