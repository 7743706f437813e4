package dev.mallard.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mallard.bundle.Blocks;
import dev.mallard.store.StoreWrite;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ExecutedJournalTest {
  private static final int RETENTION = 10;

  private final HandLoop loop = new HandLoop();
  private final FakeJournal journal = new FakeJournal();
  private final StreamJournal disk = new StreamJournal(journal, loop);
  private final ExecutedJournal executed = new ExecutedJournal(Blocks.STREAM, RETENTION, disk);

  private static List<StoreWrite> writes(long sequence, long count) {
    return List.of(
        new StoreWrite.InboundExecuted(Blocks.STREAM, sequence, count),
        new StoreWrite.InboundDropped(Blocks.STREAM, Math.max(0, sequence - RETENTION)));
  }

  @Test
  @Tag("GC-1")
  void whatIsExecutedIsRecordedAndWhatLiesBehindRetentionDropped() {
    executed.onExecuted(3, 7);
    loop.turn();
    executed.onExecuted(15, 40);
    loop.turn();
    assertEquals(List.of(writes(3, 7), writes(15, 40)), journal.taken);
  }

  @Test
  @Tag("G-4")
  void whileTheDiskHangsNothingPilesUp() {
    journal.isQuick = false;
    for (int k = 1; k <= 100; k++) {
      executed.onExecuted(k, 2L * k);
      loop.turn();
    }
    assertEquals(List.of(writes(1, 2)), journal.taken);
    journal.isQuick = true;
    journal.futures.getFirst().complete(null);
    loop.turn();
    loop.turn();
    assertEquals(List.of(writes(1, 2), writes(100, 200)), journal.taken);
  }

  @Test
  @Tag("G-4")
  void aFullJournalIsAskedForOneCommitOnly() {
    journal.isFull = true;
    for (int k = 1; k <= 100; k++) {
      executed.onExecuted(k, k);
    }
    assertEquals(1, disk.waiting());
  }
}
