package dev.mallard.testnet.sim.mutants;

import dev.mallard.replica.ReplicaPorts;
import dev.mallard.stake.StreamId;
import dev.mallard.store.Journal;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreException;
import dev.mallard.store.StoreWrite;
import dev.mallard.testnet.sim.JournalBeside;
import dev.mallard.testnet.sim.Mutant;
import dev.mallard.testnet.sim.SimReplica;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A journal that answers too early, loses records, or remembers wrongly. */
final class WrongJournal {
  private WrongJournal() {}

  /** The mutant that hands it to replicas. */
  static Mutant in(UnaryOperator<Journal> wrong) {
    return new Mutant() {
      @Override
      public ReplicaPorts ports(SimReplica replica, ReplicaPorts ports) {
        return ports.with(wrong.apply(ports.journal()));
      }
    };
  }

  /** Says "durable" before the fsync for commits that hold such a write. */
  static Journal early(Journal sound, Predicate<StoreWrite> which) {
    return new JournalBeside(sound) {
      @Override
      public CompletableFuture<Void> commit(List<StoreWrite> writes) {
        CompletableFuture<Void> real = super.commit(writes);
        return writes.stream().anyMatch(which) ? CompletableFuture.completedFuture(null) : real;
      }
    };
  }

  /** Writes all but some records. */
  static Journal without(Journal sound, Predicate<StoreWrite> which) {
    return new JournalBeside(sound) {
      @Override
      public CompletableFuture<Void> commit(List<StoreWrite> writes) {
        return super.commit(writes.stream().filter(which.negate()).toList());
      }
    };
  }

  /** Reads back something else of the source side. */
  static Journal remembering(Journal sound, UnaryOperator<RecoveredSource> wrong) {
    return new JournalBeside(sound) {
      @Override
      public RecoveredSource loadSource(StreamId stream) throws StoreException {
        return wrong.apply(super.loadSource(stream));
      }
    };
  }
}
