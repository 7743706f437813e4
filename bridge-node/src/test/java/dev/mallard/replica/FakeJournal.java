package dev.mallard.replica;

import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.stake.StreamId;
import dev.mallard.store.Journal;
import dev.mallard.store.JournalFullException;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreException;
import dev.mallard.store.StoreWrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A disk in memory that is full, sick or slow when a test wants it. */
final class FakeJournal implements Journal {
  /** What was taken, in order. */
  final List<List<StoreWrite>> taken = new ArrayList<>();

  /** Of what was taken, in order; the test completes them unless {@link #isQuick}. */
  final List<CompletableFuture<Void>> futures = new ArrayList<>();

  final Map<Long, CertifiedBundle> inbound = new HashMap<>();
  boolean isFull;
  boolean isSick;
  boolean isQuick = true;

  @Override
  public CompletableFuture<Void> commit(List<StoreWrite> writes) {
    if (isSick) {
      return CompletableFuture.failedFuture(new StoreException("sick, as the test wants it"));
    }
    if (isFull) {
      return CompletableFuture.failedFuture(new JournalFullException("full, as the test wants it"));
    }
    CompletableFuture<Void> future = new CompletableFuture<>();
    taken.add(writes);
    futures.add(future);
    if (isQuick) {
      future.complete(null);
    }
    return future;
  }

  @Override
  public boolean hasRoom(long bytes) {
    return !isFull;
  }

  @Override
  public RecoveredSource loadSource(StreamId stream) {
    return new RecoveredSource(Optional.empty(), 0, Optional.empty(), 0, Map.of(), List.of());
  }

  @Override
  public RecoveredDestination loadDestination(StreamId stream) {
    return new RecoveredDestination(0, 0, List.of());
  }

  @Override
  public Optional<CertifiedBundle> readInbound(StreamId stream, long sequence)
      throws StoreException {
    if (isSick) {
      throw new StoreException("sick, as the test wants it");
    }
    return Optional.ofNullable(inbound.get(sequence));
  }
}
