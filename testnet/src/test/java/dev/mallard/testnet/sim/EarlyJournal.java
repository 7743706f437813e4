package dev.mallard.testnet.sim;

import dev.mallard.replica.ReplicaPorts;
import dev.mallard.store.Journal;
import dev.mallard.store.StoreWrite;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A planted fault: says that a write is durable before it is. */
final class EarlyJournal extends JournalBeside {
  static final Mutant MUTANT =
      new Mutant() {
        @Override
        public ReplicaPorts ports(SimReplica replica, ReplicaPorts sound) {
          return sound.with(new EarlyJournal(sound.journal()));
        }
      };

  private EarlyJournal(Journal disk) {
    super(disk);
  }

  @Override
  public CompletableFuture<Void> commit(List<StoreWrite> writes) {
    CompletableFuture<Void> _ = super.commit(writes);
    return CompletableFuture.completedFuture(null);
  }
}
