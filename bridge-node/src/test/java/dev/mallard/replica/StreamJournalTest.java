package dev.mallard.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.bundle.Blocks;
import dev.mallard.store.ContradictionException;
import dev.mallard.store.StoreException;
import dev.mallard.store.StoreWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StreamJournalTest {
  private final HandLoop loop = new HandLoop();
  private final FakeJournal journal = new FakeJournal();
  private final StreamJournal disk = new StreamJournal(journal, loop);
  private final List<Integer> done = new ArrayList<>();

  private static List<StoreWrite> writes(int number) {
    return List.of(new StoreWrite.QuackFrontier(Blocks.STREAM, number, Map.of()));
  }

  private void commit(int number) {
    disk.commit(writes(number), () -> done.add(number));
  }

  @Test
  @Tag("G-4")
  void whatAFullJournalTurnedDownKeepsItsPlaceBeforeWhatComesLater() {
    commit(1);
    journal.isFull = true;
    commit(2);
    journal.isFull = false;
    commit(3);
    loop.turn();
    assertEquals(List.of(1), done);
    assertFalse(disk.isIdle());
    disk.onTick();
    loop.turn();
    assertEquals(List.of(1, 2, 3), done);
    assertEquals(List.of(writes(1), writes(2), writes(3)), journal.taken);
    assertTrue(disk.isIdle());
  }

  @Test
  @Tag("G-3")
  void whatWaitedForRoomOnADiskThatFellSickIsNeverDone() {
    journal.isFull = true;
    commit(1);
    commit(2);
    disk.onTick();
    assertFalse(disk.isIdle());
    journal.isFull = false;
    journal.isSick = true;
    disk.onTick();
    journal.isSick = false;
    disk.onTick();
    loop.turn();
    assertEquals(List.of(), done);
    assertInstanceOf(StoreException.class, loop.haltCause);
  }

  @Test
  @Tag("G-3")
  void aCommitThatFailsLaterHaltsBeforeWhatItAllows() {
    journal.isQuick = false;
    commit(1);
    commit(2);
    journal.futures.getFirst().complete(null);
    journal.futures.getLast().completeExceptionally(new ContradictionException("signed before"));
    loop.turn();
    assertEquals(List.of(), done, "no step begins after a halt");
    assertInstanceOf(ContradictionException.class, loop.haltCause);
  }
}
