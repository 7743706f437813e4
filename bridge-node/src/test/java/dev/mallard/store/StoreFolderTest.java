package dev.mallard.store;

import static dev.mallard.store.StoreFixtures.IN;
import static dev.mallard.store.StoreFixtures.OUT;
import static dev.mallard.store.StoreFixtures.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.stake.RsmId;
import dev.mallard.stake.StreamId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

class StoreFolderTest {
  @TempDir Path parent;

  private Path folder() {
    return parent.resolve("store");
  }

  private static BridgeStore open(Path folder, StoreIdentity identity) throws StoreException {
    return BridgeStore.open(folder, identity, StoreLimits.defaults());
  }

  private void fill() throws Exception {
    try (BridgeStore store = open(folder(), StoreFixtures.identity())) {
      for (long sequence = 1; sequence <= 20; sequence++) {
        await(store.commit(StoreFixtures.built(sequence)));
      }
    }
  }

  /** Opening fails with a message that names the folder and each of the words. */
  private static void assertRefused(Path folder, StoreIdentity identity, String... words) {
    StoreException refusal =
        assertThrows(StoreException.class, () -> open(folder, identity).close());
    String message = refusal.getMessage();
    assertTrue(message.contains(folder.toString()), message);
    for (String word : words) {
      assertTrue(message.contains(word), "no '" + word + "' in: " + message);
    }
  }

  private static List<Path> files(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static Map<String, Long> sizes(Path folder) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sizes.put(folder.relativize(file).toString(), Files.size(file));
      }
    }
    return sizes;
  }

  @Test
  void aStoreOfAnotherReplicaIsRefused() throws Exception {
    fill();
    StoreIdentity other =
        new StoreIdentity(new RsmId(1), StoreFixtures.address(8), List.of(OUT, IN));
    assertRefused(
        folder(), other, StoreFixtures.address(7).toHex(), StoreFixtures.address(8).toHex());
    open(folder(), StoreFixtures.identity()).close();
  }

  @Test
  void aStoreOfAnotherChainIsRefused() throws Exception {
    fill();
    StoreIdentity other =
        new StoreIdentity(new RsmId(2), StoreFixtures.address(7), List.of(OUT, IN));
    assertRefused(folder(), other, "RSM 1", "RSM 2");
  }

  @Test
  void aStoreWithAStreamThatIsNotConfiguredIsRefusedAndNewStreamsAreAdded() throws Exception {
    fill();
    StreamId more = StreamId.parse("1-9");
    StoreIdentity wider =
        new StoreIdentity(new RsmId(1), StoreFixtures.address(7), List.of(OUT, IN, more));
    open(folder(), wider).close();
    assertRefused(folder(), StoreFixtures.identity(), "1-9", "configure");
    open(folder(), wider).close();
  }

  @Test
  void aFolderWithOtherFilesIsRefusedAndLeftAlone() throws Exception {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("holiday.jpg"), "sun");
    assertRefused(folder(), StoreFixtures.identity(), "holiday.jpg", "empty folder");
    assertEquals(List.of("holiday.jpg"), List.copyOf(sizes(folder()).keySet()));
  }

  @Test
  void anotherProgramsDatabaseIsRefusedAndLeftAlone() throws Exception {
    fill();
    Path database = folder().resolve("db");
    try (Options options = new Options()) {
      RocksDB.destroyDB(database.toString(), options);
    }
    try (Options options = new Options().setCreateIfMissing(true);
        RocksDB foreign = RocksDB.open(options, database.toString())) {
      foreign.put("a".getBytes(StandardCharsets.UTF_8), new byte[] {1});
    }
    Map<String, Long> before = sizes(database);
    assertRefused(folder(), StoreFixtures.identity(), "something else");
    assertEquals(before, sizes(database));
  }

  @Test
  void anotherFormatVersionIsRefused() throws Exception {
    fill();
    putMeta("format", new byte[] {9});
    assertRefused(folder(), StoreFixtures.identity(), "format version 9", "reads 1");
  }

  @Test
  void aStoreWithUnknownColumnFamiliesIsRefused() throws Exception {
    fill();
    List<ColumnFamilyDescriptor> families = families();
    families.add(new ColumnFamilyDescriptor("future".getBytes(StandardCharsets.UTF_8)));
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (DBOptions options = new DBOptions().setCreateMissingColumnFamilies(true);
        RocksDB _ = RocksDB.open(options, folder().resolve("db").toString(), families, handles)) {
      handles.forEach(ColumnFamilyHandle::close);
    }
    assertRefused(folder(), StoreFixtures.identity(), "future", "another version");
  }

  @Test
  void aDamagedIdentityIsRefused() throws Exception {
    fill();
    putMeta("identity", new byte[] {1, 0, 0});
    assertRefused(folder(), StoreFixtures.identity(), "damaged", "Nothing was repaired");
  }

  @Test
  @Tag("G-3")
  void aDamagedWriteAheadLogIsRefusedAndNotCut() throws Exception {
    fill();
    Path log = files(folder(), ".log").getLast();
    byte[] bytes = Files.readAllBytes(log);
    assertTrue(bytes.length > 2_000, "the log holds the commits");
    bytes[bytes.length / 2] ^= 0x40;
    Files.write(log, bytes);
    assertRefused(folder(), StoreFixtures.identity(), "Corruption", "Nothing was repaired");
    assertEquals(bytes.length, Files.size(log));
    assertRefused(folder(), StoreFixtures.identity(), "Corruption");
  }

  @Test
  @Tag("G-3")
  void aRecordThatACrashToreAtTheEndOfTheLogIsNoDamage() throws Exception {
    fill();
    Path log = files(folder(), ".log").getLast();
    byte[] bytes = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(bytes, bytes.length - 30));
    try (BridgeStore store = open(folder(), StoreFixtures.identity())) {
      assertEquals(19, store.loadSource(OUT).lastSequence());
      assertEquals(19, store.loadSource(OUT).outbound().size());
    }
  }

  @Test
  @Tag("G-3")
  void aDatabaseWithMissingFilesIsNeverRecreated() throws Exception {
    fill();
    Files.delete(folder().resolve("db").resolve("CURRENT"));
    assertRefused(folder(), StoreFixtures.identity(), "CURRENT");
    assertTrue(Files.notExists(folder().resolve("db").resolve("CURRENT")));
  }

  @Test
  @Tag("G-3")
  void aDamagedTableFileIsAClearErrorAndNeverAnAnswer() throws Exception {
    fill();
    try (BridgeStore store = open(folder(), StoreFixtures.identity())) {
      assertEquals(20, store.loadSource(OUT).outbound().size());
    }
    List<Path> tables = files(folder(), ".sst");
    assertTrue(!tables.isEmpty(), "opening wrote the log into tables");
    for (Path table : tables) {
      byte[] bytes = Files.readAllBytes(table);
      bytes[20] ^= 0x11;
      Files.write(table, bytes);
    }
    assertRefused(folder(), StoreFixtures.identity(), "Corruption", "Nothing was repaired");
  }

  @Test
  void aStoreInUseIsRefused() throws Exception {
    try (BridgeStore store = open(folder(), StoreFixtures.identity())) {
      assertRefused(folder(), StoreFixtures.identity(), "Another process");
      await(store.commit(StoreFixtures.built(1)));
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsRefused() throws Exception {
    Path file = Files.createFile(parent.resolve("file"));
    assertRefused(file.resolve("store"), StoreFixtures.identity(), "writable");
    assertRefused(Path.of("/proc/mallard-store"), StoreFixtures.identity(), "writable");
  }

  @Test
  @Tag("G-3")
  void aCreationThatACrashCutShortIsBegunAnew() throws Exception {
    Path unfinished = Files.createDirectories(folder().resolve("db.creating"));
    Files.writeString(unfinished.resolve("MANIFEST-000001"), "half");
    open(folder(), StoreFixtures.identity()).close();
    assertTrue(Files.notExists(unfinished));
  }

  private List<ColumnFamilyDescriptor> families() {
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    for (Family family : Family.values()) {
      families.add(new ColumnFamilyDescriptor(family.titleBytes()));
    }
    return families;
  }

  private void putMeta(String key, byte[] value) throws Exception {
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (DBOptions options = new DBOptions();
        RocksDB rocks =
            RocksDB.open(options, folder().resolve("db").toString(), families(), handles)) {
      rocks.put(handles.get(1), key.getBytes(StandardCharsets.UTF_8), value);
      handles.forEach(ColumnFamilyHandle::close);
    }
  }
}
