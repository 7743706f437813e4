package dev.mallard.testnet.sim;

import dev.mallard.store.Journal;
import dev.mallard.store.StoreWrite;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Tells the checkers what is durable, before the replica hears of it. */
final class WatchedJournal extends JournalBeside {
  private final World world;
  private final SimReplica replica;

  WatchedJournal(World world, SimReplica replica, Journal disk) {
    super(disk);
    this.world = world;
    this.replica = replica;
  }

  @Override
  public CompletableFuture<Void> commit(List<StoreWrite> writes) {
    return super.commit(writes).thenRun(() -> world.checkers().onDurable(replica, writes));
  }
}
