package dev.mallard.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A commit that waits for the disk.
 *
 * @param bytes roughly what it adds to a batch
 * @param future of {@link Journal#commit}
 */
public record Commit(List<StoreWrite> writes, long bytes, CompletableFuture<Void> future) {
  public Commit {
    writes = List.copyOf(writes);
  }

  /** Of writes that were just handed in. */
  public static Commit of(List<StoreWrite> writes) {
    long bytes = 0;
    for (StoreWrite write : writes) {
      bytes += StoreCodec.sizeBytes(write);
    }
    return new Commit(writes, bytes, new CompletableFuture<>());
  }
}
