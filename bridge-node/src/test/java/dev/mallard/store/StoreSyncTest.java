package dev.mallard.store;

import static dev.mallard.store.StoreFixtures.IN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** First the fsync, then the word that it is durable. */
class StoreSyncTest {
  private static final Pattern SYNCS = Pattern.compile("Cumulative WAL: \\S+ writes, (\\d+) syncs");

  @TempDir Path folder;

  @Test
  @Tag("G-3")
  @Tag("RECV-3")
  void aCommitIsNotDurableBeforeItsWriteIsOver() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (BridgeStore store =
        BridgeStore.open(
            folder,
            StoreFixtures.identity(),
            StoreLimits.defaults(),
            real -> new HeldDisk(real, begun, goOn))) {
      CompletableFuture<Void> commit =
          store.commit(List.of(new StoreWrite.Inbound(StoreFixtures.inbound(1))));
      begun.await();
      boolean isEarly = commit.isDone();
      goOn.countDown();
      StoreFixtures.await(commit);
      assertFalse(isEarly);
      assertTrue(store.readInbound(IN, 1).isPresent());
    }
  }

  @Test
  @Tag("G-3")
  @Tag("RECV-3")
  void everyGroupOfCommitsIsSynced() throws Exception {
    AtomicReference<RecordStore> disk = new AtomicReference<>();
    try (BridgeStore store =
        BridgeStore.open(
            folder,
            StoreFixtures.identity(),
            StoreLimits.defaults(),
            real -> {
              disk.set(real);
              return real;
            })) {
      StoreDatabase database = (StoreDatabase) disk.get();
      long before = syncs(database);
      for (int sequence = 1; sequence <= 5; sequence++) {
        StoreFixtures.await(
            store.commit(List.of(new StoreWrite.Inbound(StoreFixtures.inbound(sequence)))));
      }
      assertEquals(before + 5, syncs(database));
    }
  }

  /** As RocksDB itself counts them. */
  private static long syncs(StoreDatabase database) throws StoreException {
    String statistics = database.statistics();
    Matcher matcher = SYNCS.matcher(statistics);
    assertTrue(matcher.find(), statistics);
    return Long.parseLong(matcher.group(1));
  }
}
