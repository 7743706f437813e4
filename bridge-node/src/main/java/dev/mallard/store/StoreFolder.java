package dev.mallard.store;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StreamId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * A store's folder: {@code db} is RocksDB, {@code native} holds RocksDB's library while the node
 * runs (unpacked there and not in the system's temporary folder, where kill -9 would leave one
 * behind each time). Creates it, or checks that it is this replica's; never repairs, never
 * recreates.
 */
final class StoreFolder {
  /** Version of keys, families and records together; a store of another one is refused. */
  static final int FORMAT = 1;

  private static final String DATABASE = "db";
  private static final String UNFINISHED = "db.creating";
  private static final String NATIVE = "native";

  /** What a fresh file system has in its root. */
  private static final String LOST_AND_FOUND = "lost+found";

  private static final int NAMES_SHOWN_MAX = 5;
  private static final byte[] FORMAT_KEY = "format".getBytes(StandardCharsets.UTF_8);
  private static final byte[] IDENTITY_KEY = "identity".getBytes(StandardCharsets.UTF_8);
  private static final int IDENTITY_BYTES_MAX = 64 << 10;

  private final Path folder;
  private final StoreIdentity identity;
  private final StoreLimits limits;

  StoreFolder(Path folder, StoreIdentity identity, StoreLimits limits) {
    this.folder = folder.toAbsolutePath().normalize();
    this.identity = identity;
    this.limits = limits;
  }

  StoreDatabase open() throws StoreException {
    try {
      Files.createDirectories(folder);
      checkContents();
      loadLibrary();
      if (!Files.exists(folder.resolve(DATABASE))) {
        create();
      }
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw StoreFailures.of(folder, "create or read it", e);
    }
    checkFamilies();
    StoreDatabase database =
        StoreDatabase.open(folder, folder.resolve(DATABASE), limits, /* create= */ false);
    try {
      checkIdentity(database);
      return database;
    } catch (StoreException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private void checkContents() throws IOException {
    if (Files.exists(folder.resolve(DATABASE))) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> strangers =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !List.of(UNFINISHED, NATIVE, LOST_AND_FOUND).contains(name))
              .sorted()
              .limit(NAMES_SHOWN_MAX)
              .toList();
      if (!strangers.isEmpty()) {
        throw new StoreException(
            String.format(
                    Locale.ROOT,
                    "store %s holds files that are not a store's (%s). Choose an absent or empty folder, or move them away; nothing was",
                    folder,
                    String.join(", ", strangers))
                + " changed");
      }
    }
    if (!Files.isWritable(folder)) {
      throw new StoreException(
          "store "
              + folder
              + " cannot be written to. Give the user who runs the node write access to the folder");
    }
  }

  private void loadLibrary() throws IOException {
    Path unpacked = Files.createDirectories(folder.resolve(NATIVE));
    NativeLibraryLoader.getInstance().loadLibrary(unpacked.toString());
  }

  /** Under another name first: a crash half-way leaves nothing that looks like a store. */
  private void create() throws IOException {
    Path unfinished = folder.resolve(UNFINISHED);
    deleteUnfinished(unfinished);
    try (StoreDatabase fresh = StoreDatabase.open(folder, unfinished, limits, /* create= */ true);
        WriteBatch batch = new WriteBatch()) {
      RecordWriter out = new RecordWriter(IDENTITY_BYTES_MAX);
      batch.put(fresh.handle(Family.META), FORMAT_KEY, out.begin(FORMAT).endArray());
      batch.put(fresh.handle(Family.META), IDENTITY_KEY, encode(out, identity));
      fresh.write(batch, /* sync= */ true);
    } catch (RocksDBException e) {
      throw StoreFailures.of(folder, "create it", e);
    }
    Files.move(unfinished, folder.resolve(DATABASE), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private static void deleteUnfinished(Path unfinished) throws IOException {
    if (!Files.exists(unfinished)) {
      return;
    }
    try (Stream<Path> files = Files.list(unfinished)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(unfinished);
  }

  /** Before opening for writing: another program's or version's database is left as it is. */
  private void checkFamilies() throws StoreException {
    TreeSet<String> found = new TreeSet<>();
    try (Options options = new Options()) {
      for (byte[] title :
          RocksDB.listColumnFamilies(options, folder.resolve(DATABASE).toString())) {
        found.add(new String(title, StandardCharsets.UTF_8));
      }
    } catch (RocksDBException e) {
      throw StoreFailures.of(folder, "open it", e);
    }
    if (found.isEmpty()) {
      throw new StoreException(
          String.format(
              Locale.ROOT,
              "store %s: %s has no readable CURRENT file. %s",
              folder,
              folder.resolve(DATABASE),
              StoreFailures.REMEDY_DAMAGED));
    }
    if (!found.contains(Family.META.title())) {
      throw new StoreException(
          String.format(
                  Locale.ROOT,
                  "store %s is a RocksDB database of something else (column families %s). Point the node to its own folder; nothing was",
                  folder,
                  found)
              + " changed");
    }
    TreeSet<String> expected = new TreeSet<>();
    for (Family family : Family.values()) {
      expected.add(family.title());
    }
    if (!found.equals(expected)) {
      throw new StoreException(
          String.format(
                  Locale.ROOT,
                  "store %s was written by another version of this program: it has the column families %s, this version knows %s. Run the",
                  folder,
                  found,
                  expected)
              + " version that wrote it; nothing was changed");
    }
  }

  private void checkIdentity(StoreDatabase database) throws StoreException {
    byte[] format =
        database.get(Family.META, FORMAT_KEY).orElseThrow(() -> missing("format version"));
    int found = format.length == 1 ? format[0] & 0xff : -1;
    if (found != FORMAT) {
      throw new StoreException(
          String.format(
              Locale.ROOT,
              "store %s has format version %s, this program reads %d. Run the version that wrote it; nothing was changed",
              folder,
              found < 0 ? "unknown" : found,
              FORMAT));
    }
    byte[] record = database.get(Family.META, IDENTITY_KEY).orElseThrow(() -> missing("identity"));
    StoreIdentity owner = decode(record, database);
    checkOwner(owner);
    if (!owner.equals(identity)) {
      writeIdentity(database);
    }
  }

  private void checkOwner(StoreIdentity owner) throws StoreException {
    if (!owner.rsm().equals(identity.rsm())) {
      throw foreign("RSM " + owner.rsm(), "RSM " + identity.rsm());
    }
    if (!owner.key().equals(identity.key())) {
      throw foreign("the replica with key " + owner.key(), "the one with key " + identity.key());
    }
    Optional<StreamId> gone =
        owner.streams().stream().filter(stream -> !identity.streams().contains(stream)).findFirst();
    if (gone.isPresent()) {
      throw new StoreException(
          String.format(
                  Locale.ROOT,
                  "store %s keeps stream %s, but this node is set up for %s only. Point the node to its own folder, or configure the stream",
                  folder,
                  gone.get(),
                  identity.streams())
              + " again; nothing was changed");
    }
  }

  private StoreException foreign(String owner, String here) {
    return new StoreException(
        String.format(
            Locale.ROOT,
            "store %s belongs to %s, but this node is %s. Point each node to its own folder; nothing was changed",
            folder,
            owner,
            here));
  }

  private StoreException missing(String what) {
    return new StoreException(
        "store " + folder + " has lost its " + what + ". " + StoreFailures.REMEDY_DAMAGED);
  }

  private void writeIdentity(StoreDatabase database) throws StoreException {
    try (WriteBatch batch = new WriteBatch()) {
      byte[] record = encode(new RecordWriter(IDENTITY_BYTES_MAX), identity);
      batch.put(database.handle(Family.META), IDENTITY_KEY, record);
      database.write(batch, /* sync= */ true);
    } catch (RocksDBException e) {
      throw StoreFailures.of(folder, "record its new streams", e);
    }
  }

  private static byte[] encode(RecordWriter out, StoreIdentity identity) {
    out.begin(StoreCodec.VERSION)
        .u64(identity.rsm().value())
        .raw(identity.key().toBytes())
        .u16(identity.streams().size());
    identity.streams().forEach(stream -> out.raw(StoreKeys.stream(stream)));
    return out.endArray();
  }

  private static StoreIdentity decode(byte[] record, StoreDatabase database) throws StoreException {
    return new RecordReader(record, database.naming(Family.META, IDENTITY_KEY))
        .whole(
            StoreCodec.VERSION,
            r -> {
              RsmId rsm = new RsmId(r.u64());
              BridgeAddress key =
                  BridgeAddress.of(r.raw(BridgeAddress.ADDRESS_BYTES).toArrayUnsafe());
              List<StreamId> streams = new ArrayList<>();
              for (int left = r.u16(); left > 0; left--) {
                streams.add(StoreKeys.streamOf(r.raw(StoreKeys.STREAM_BYTES).toArrayUnsafe()));
              }
              return new StoreIdentity(rsm, key, streams);
            });
  }
}
