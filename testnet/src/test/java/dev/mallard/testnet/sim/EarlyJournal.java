package dev.mallard.testnet.sim;

import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.replica.ReplicaPorts;
import dev.mallard.stake.StreamId;
import dev.mallard.store.Journal;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreException;
import dev.mallard.store.StoreWrite;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A planted fault: says that a write is durable before it is. */
record EarlyJournal(Journal disk) implements Journal {
  static final Mutant MUTANT =
      new Mutant() {
        @Override
        public ReplicaPorts ports(SimReplica replica, ReplicaPorts sound) {
          return new ReplicaPorts(
              sound.loops(),
              sound.workers(),
              sound.deliveryWorkers(),
              sound.peers(),
              new EarlyJournal(sound.journal()),
              sound.index(),
              sound.submitter(),
              sound.key(),
              sound.scheme(),
              sound.faults(),
              sound.wakeReader());
        }
      };

  @Override
  public CompletableFuture<Void> commit(List<StoreWrite> writes) {
    CompletableFuture<Void> _ = disk.commit(writes);
    return CompletableFuture.completedFuture(null);
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
