package dev.mallard.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.bundle.Blocks;
import dev.mallard.bundle.BuiltBundle;
import dev.mallard.bundle.BundleLimits;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.chain.BlockEntries;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxRead;
import dev.mallard.stake.Hash32;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BundleIntakeTest {
  private final BundleIntake intake =
      new BundleIntake(
          Blocks.STREAM,
          Blocks.builder(BundleLimits.V1),
          8,
          new RecoveredSource(Optional.empty(), 0, Optional.empty(), 0, Map.of(), List.of()));

  /** A reading of blocks with one entry of {@code payloadBytes} each, from entry 1 on. */
  private static OutboxRead.Progress reading(int blocks, int payloadBytes) {
    List<BlockEntries> read = new ArrayList<>();
    for (int i = 1; i <= blocks; i++) {
      read.add(Blocks.block(100 + i, List.of(Blocks.entry(i, payloadBytes, 50_000))));
    }
    BundleHeader last =
        Blocks.builder(BundleLimits.V1).build(0, Hash32.ZERO, read).getLast().header();
    BlockRef end = new BlockRef(100 + blocks, Blocks.hash(100 + blocks));
    return new OutboxRead.Progress(read, new OutboxCursor(end, last.lastIndex(), last.accAfter()));
  }

  @Test
  @Tag("CERT-1")
  void everyBundleIsCommittedWithItsHighWaterMarkAndTheCursorWithTheLastOnly() {
    int blocks = (int) (3 * BundleIntake.COMMIT_BYTES_MAX / 60_000);
    intake.onHandedOver();
    BundleIntake.Built built = intake.build(reading(blocks, 60_000));
    assertTrue(built.commits().size() > 1, "more than one commit takes");
    List<BuiltBundle> committed = new ArrayList<>();
    for (BundleIntake.Durable commit : built.commits()) {
      long bytes = commit.bundles().stream().mapToLong(b -> b.body().sizeBytes()).sum();
      assertTrue(bytes <= BundleIntake.COMMIT_BYTES_MAX, "bytes " + bytes);
      boolean isLast = commit.equals(built.commits().getLast());
      assertEquals(
          2 * commit.bundles().size() + (isLast ? 1 : 0), commit.writes().size(), "writes");
      assertEquals(isLast, commit.writes().stream().anyMatch(w -> w instanceof StoreWrite.Cursor));
      assertEquals(
          commit.bundles().size(),
          commit.writes().stream().filter(w -> w instanceof StoreWrite.HighWater).count());
      committed.addAll(commit.bundles());
    }
    assertEquals(built.bundles(), committed);
    assertEquals(blocks, intake.lastSequence());
  }

  @Test
  @Tag("SEND-2")
  void readingPausesWhenBundlesThatAreNotQuackedFillTheWindow() {
    assertTrue(intake.hasRoom(0));
    intake.onHandedOver();
    intake.build(reading(8, 10));
    assertFalse(intake.hasRoom(0));
    assertTrue(intake.hasRoom(1));
    assertTrue(intake.hasRoom(20), "others may have quacked what is not built here yet");
  }

  @Test
  void aFollowerThatIsFasterThanTheLoopPauses() {
    for (int i = 0; i < 4; i++) {
      assertTrue(intake.hasRoom(0));
      intake.onHandedOver();
    }
    assertFalse(intake.hasRoom(0));
  }
}
