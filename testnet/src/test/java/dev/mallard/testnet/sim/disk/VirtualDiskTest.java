package dev.mallard.testnet.sim.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.store.Family;
import dev.mallard.store.RecordBatch;
import dev.mallard.store.RecordStore;
import dev.mallard.store.StoreDatabase;
import dev.mallard.store.StoreException;
import dev.mallard.store.StoreLimits;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.NativeLibraryLoader;

final class VirtualDiskTest {
  private static final int ROUNDS = 400;
  private static final int CHANGES_MAX = 30;
  private static final int READS = 20;
  private static final int VALUE_BYTES_MAX = 40;
  private static final List<Family> FAMILIES =
      List.of(Family.INBOUND, Family.CURSOR, Family.ATTESTED);

  /** Few bytes, so that keys meet; both sides of the sign bit. */
  private static final byte[] KEY_BYTES = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff};

  private final VirtualDisk disk = new VirtualDisk("virtual");

  /** Random changes on both, then the same questions to both. */
  @Test
  void itAnswersAsRocksDbDoes(@TempDir Path folder) throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
    try (StoreDatabase rocks =
        StoreDatabase.open(folder, folder.resolve("db"), StoreLimits.defaults(), true)) {
      int rows = 0;
      for (int round = 0; round < ROUNDS; round++) {
        long changes = random.nextLong();
        boolean sync = random.nextInt(20) == 0;
        int inRocks = change(rocks, new Random(changes), sync);
        int inMemory = change(disk, new Random(changes), sync);
        String where = "round " + round + " of seed " + seed;
        assertEquals(inRocks, inMemory, where);
        for (int read = 0; read < READS; read++) {
          long question = random.nextLong();
          List<String> answer = ask(rocks, new Random(question));
          assertEquals(answer, ask(disk, new Random(question)), where);
          rows += answer.size();
        }
      }
      assertTrue(rows > ROUNDS, "there was nothing to compare; seed " + seed);
    }
  }

  private static int change(RecordStore store, Random random, boolean sync) throws Exception {
    try (RecordBatch batch = store.newBatch()) {
      int savePoints = 0;
      for (int left = 1 + random.nextInt(CHANGES_MAX); left > 0; left--) {
        Family family = FAMILIES.get(random.nextInt(FAMILIES.size()));
        switch (random.nextInt(10)) {
          case 0, 1, 2, 3, 4 -> batch.put(family, key(random), record(store, random));
          case 5 -> batch.delete(family, key(random));
          case 6 -> deleteRange(batch, family, key(random), key(random));
          case 7, 8 -> {
            batch.setSavePoint();
            savePoints++;
          }
          default -> {
            boolean isKept = random.nextBoolean();
            if (savePoints > 0) {
              savePoints--;
              if (isKept) {
                batch.popSavePoint();
              } else {
                batch.rollbackToSavePoint();
              }
            }
          }
        }
      }
      int count = batch.count();
      store.write(batch, sync);
      batch.clear();
      assertEquals(0, batch.count());
      return count;
    }
  }

  private static void deleteRange(RecordBatch batch, Family family, byte[] one, byte[] other)
      throws StoreException {
    boolean isOrdered = Arrays.compareUnsigned(one, other) <= 0;
    batch.deleteRange(family, isOrdered ? one : other, isOrdered ? other : one);
  }

  private static byte[] key(Random random) {
    byte[] key = new byte[1 + random.nextInt(3)];
    for (int i = 0; i < key.length; i++) {
      key[i] = KEY_BYTES[random.nextInt(KEY_BYTES.length)];
    }
    return key;
  }

  private static ByteBuffer record(RecordStore store, Random random) {
    byte[] value = new byte[random.nextInt(VALUE_BYTES_MAX)];
    random.nextBytes(value);
    return store.newBuffer(VALUE_BYTES_MAX).put(value).flip();
  }

  /** A record, or rows of a scan that ends early or late. */
  private static List<String> ask(RecordStore store, Random random) throws StoreException {
    Family family = FAMILIES.get(random.nextInt(FAMILIES.size()));
    HexFormat hex = HexFormat.of();
    if (random.nextBoolean()) {
      return store.get(family, key(random)).map(hex::formatHex).stream().toList();
    }
    List<String> rows = new ArrayList<>();
    byte[] head = new byte[1 + random.nextInt(VALUE_BYTES_MAX)];
    int rowsMax = 1 + random.nextInt(20);
    store.scan(
        family,
        key(random),
        key(random),
        row -> {
          int length = row.head(head);
          rows.add(
              hex.formatHex(row.key())
                  + " "
                  + hex.formatHex(row.value())
                  + " "
                  + length
                  + " "
                  + hex.formatHex(head, 0, Math.min(length, head.length)));
          return rows.size() < rowsMax;
        });
    return rows;
  }

  @Test
  @Tag("G-3")
  void aCrashTakesBackWhatNoFsyncConfirmed() throws Exception {
    write(1, 10, true);
    write(2, 20, true);
    write(1, 11, false);
    dropAll(false);
    write(3, 30, false);
    assertEquals(List.of(3), keys(), "unsynced writes are read at once");
    assertEquals(3, disk.unconfirmed());
    disk.crash(0);
    assertEquals(List.of(1, 2), keys());
    assertArrayEquals(new byte[] {10}, get(1).orElseThrow());
  }

  @Test
  @Tag("G-3")
  void aTornLogKeepsAPrefixOfWholeBatches() throws Exception {
    write(1, 10, true);
    write(2, 20, false);
    dropAll(false);
    write(3, 30, false);
    disk.crash(CrashFate.tornBehind(1).kept(disk.unconfirmed()));
    assertEquals(List.of(1, 2), keys());
    assertEquals(0, disk.unconfirmed(), "what survived is durable");
  }

  @Test
  @Tag("G-3")
  void anFsyncConfirmsAllThatWentBefore() throws Exception {
    write(1, 10, false);
    write(2, 20, true);
    assertEquals(0, disk.unconfirmed());
    disk.crash(0);
    assertEquals(List.of(1, 2), keys());
  }

  @Test
  @Tag("G-3")
  void aFullDiskTakesNoWritesInThisLife() throws Exception {
    write(1, 10, true);
    disk.fill();
    StoreException first = assertThrows(StoreException.class, () -> write(2, 20, true));
    disk.freeSpace();
    StoreException later = assertThrows(StoreException.class, () -> write(3, 30, true));
    assertEquals(Optional.of(first), disk.failure());
    assertTrue(later.getMessage().contains("takes no writes"), later.getMessage());
    assertEquals(List.of(1), keys(), "reads go on");
    disk.crash(0);
    assertEquals(List.of(1), keys());
    write(4, 40, true);
    assertEquals(List.of(1, 4), keys());
  }

  /** The error may have come after the bytes had reached the disk. */
  @Test
  @Tag("G-3")
  void aFailedWriteMayBeThereInTheNextLife() throws Exception {
    disk.fill();
    assertThrows(StoreException.class, () -> write(2, 20, true));
    assertEquals(1, disk.unconfirmed());
    disk.crash(1);
    assertEquals(List.of(2), keys());
  }

  @Test
  void readsFailAsOftenAsTold() throws Exception {
    write(1, 10, true);
    disk.failReads(2);
    assertThrows(StoreException.class, () -> get(1));
    assertThrows(StoreException.class, this::keys);
    assertEquals(List.of(1), keys());
    assertTrue(disk.failure().isEmpty(), "reading does not make it sick");
  }

  private void write(int key, int value, boolean sync) throws StoreException {
    try (RecordBatch batch = disk.newBatch()) {
      ByteBuffer record = disk.newBuffer(1).put((byte) value).flip();
      batch.put(Family.META, new byte[] {(byte) key}, record);
      disk.write(batch, sync);
    }
  }

  private void dropAll(boolean sync) throws StoreException {
    try (RecordBatch batch = disk.newBatch()) {
      batch.deleteRange(Family.META, new byte[] {0}, new byte[] {100});
      disk.write(batch, sync);
    }
  }

  private Optional<byte[]> get(int key) throws StoreException {
    return disk.get(Family.META, new byte[] {(byte) key});
  }

  private List<Integer> keys() throws StoreException {
    List<Integer> keys = new ArrayList<>();
    disk.scan(Family.META, new byte[] {0}, new byte[] {100}, row -> keys.add((int) row.key()[0]));
    return keys;
  }
}
