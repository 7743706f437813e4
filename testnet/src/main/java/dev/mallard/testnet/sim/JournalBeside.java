package dev.mallard.testnet.sim;

import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.stake.StreamId;
import dev.mallard.store.Journal;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreException;
import dev.mallard.store.StoreWrite;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Hands everything on to a journal; to be watched, or to be wrong in one thing. */
public class JournalBeside implements Journal {
  private final Journal sound;

  /** Beside a journal. */
  protected JournalBeside(Journal sound) {
    this.sound = sound;
  }

  @Override
  public CompletableFuture<Void> commit(List<StoreWrite> writes) {
    return sound.commit(writes);
  }

  @Override
  public boolean hasRoom(long bytes) {
    return sound.hasRoom(bytes);
  }

  @Override
  public RecoveredSource loadSource(StreamId stream) throws StoreException {
    return sound.loadSource(stream);
  }

  @Override
  public RecoveredDestination loadDestination(StreamId stream) throws StoreException {
    return sound.loadDestination(stream);
  }

  @Override
  public Optional<CertifiedBundle> readInbound(StreamId stream, long sequence)
      throws StoreException {
    return sound.readInbound(stream, sequence);
  }
}
