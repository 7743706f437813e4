package dev.mallard.testnet.sim.mutants;

import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.replica.ReplicaPorts;
import dev.mallard.stake.StreamId;
import dev.mallard.store.Journal;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreException;
import dev.mallard.store.StoreWrite;
import dev.mallard.testnet.sim.Mutant;
import dev.mallard.testnet.sim.SimReplica;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A journal that answers too early, loses records, or remembers wrongly. */
class WrongJournal implements Journal {
  private final Journal sound;

  WrongJournal(Journal sound) {
    this.sound = sound;
  }

  /** The mutant that hands it to replicas. */
  static Mutant in(UnaryOperator<Journal> wrong) {
    return new Mutant() {
      @Override
      public ReplicaPorts ports(SimReplica replica, ReplicaPorts ports) {
        return new ReplicaPorts(
            ports.loops(),
            ports.workers(),
            ports.deliveryWorkers(),
            ports.peers(),
            wrong.apply(ports.journal()),
            ports.index(),
            ports.submitter(),
            ports.key(),
            ports.scheme(),
            ports.faults(),
            ports.wakeReader());
      }
    };
  }

  /** Says "durable" before the fsync for commits that hold such a write. */
  static Journal early(Journal sound, Predicate<StoreWrite> which) {
    return new WrongJournal(sound) {
      @Override
      public CompletableFuture<Void> commit(List<StoreWrite> writes) {
        CompletableFuture<Void> real = super.commit(writes);
        return writes.stream().anyMatch(which) ? CompletableFuture.completedFuture(null) : real;
      }
    };
  }

  /** Writes all but some records. */
  static Journal without(Journal sound, Predicate<StoreWrite> which) {
    return new WrongJournal(sound) {
      @Override
      public CompletableFuture<Void> commit(List<StoreWrite> writes) {
        return super.commit(writes.stream().filter(which.negate()).toList());
      }
    };
  }

  /** Reads back something else of the source side. */
  static Journal remembering(Journal sound, UnaryOperator<RecoveredSource> wrong) {
    return new WrongJournal(sound) {
      @Override
      public RecoveredSource loadSource(StreamId stream) throws StoreException {
        return wrong.apply(super.loadSource(stream));
      }
    };
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
