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

/** Tells the checkers what is durable, before the replica hears of it. */
final class WatchedJournal implements Journal {
  private final World world;
  private final SimReplica replica;
  private final Journal disk;

  WatchedJournal(World world, SimReplica replica, Journal disk) {
    this.world = world;
    this.replica = replica;
    this.disk = disk;
  }

  @Override
  public CompletableFuture<Void> commit(List<StoreWrite> writes) {
    return disk.commit(writes).thenRun(() -> world.checkers().onDurable(replica, writes));
  }

  @Override
  public boolean hasRoom(long bytes) {
    return disk.hasRoom(bytes);
  }

  @Override
  public RecoveredSource loadSource(StreamId stream) throws StoreException {
    return disk.loadSource(stream);
  }

  @Override
  public RecoveredDestination loadDestination(StreamId stream) throws StoreException {
    return disk.loadDestination(stream);
  }

  @Override
  public Optional<CertifiedBundle> readInbound(StreamId stream, long sequence)
      throws StoreException {
    return disk.readInbound(stream, sequence);
  }
}
