package dev.mallard.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The open RocksDB. Any thread. Remembers the first failed write ([G-3]). Using a closed RocksDB
 * would crash the process, so closing waits for readers.
 */
public final class StoreDatabase implements RecordStore, AutoCloseable {
  private final Path folder;
  private final RocksSettings settings;
  private final RocksDB rocks;
  private final Map<Family, ColumnFamilyHandle> handles;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final AtomicReference<@Nullable StoreException> failure = new AtomicReference<>();
  private boolean closed;

  private StoreDatabase(
      Path folder, RocksSettings settings, RocksDB rocks, Map<Family, ColumnFamilyHandle> handles) {
    this.folder = folder;
    this.settings = settings;
    this.rocks = rocks;
    this.handles = handles;
  }

  /** Something done with the open database. */
  interface Access<T> {
    T with(RocksDB rocks) throws RocksDBException, StoreException;
  }

  private record RocksRow(RocksIterator at) implements Row {
    @Override
    public byte[] key() {
      return at.key();
    }

    @Override
    public byte[] value() {
      return at.value();
    }

    @Override
    public int head(byte[] target) {
      return at.value(target, 0, target.length);
    }
  }

  /**
   * Opens the bare records, whoever they belong to: {@link BridgeStore#open} checks that.
   *
   * @param folder named in errors
   * @param path RocksDB's own folder
   */
  public static StoreDatabase open(Path folder, Path path, StoreLimits limits, boolean create)
      throws StoreException {
    RocksSettings settings = new RocksSettings(limits);
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    for (Family family : Family.values()) {
      descriptors.add(new ColumnFamilyDescriptor(family.titleBytes(), settings.family(family)));
    }
    try {
      DBOptions options = settings.database(create);
      List<ColumnFamilyHandle> opened = new ArrayList<>();
      RocksDB rocks = RocksDB.open(options, path.toString(), descriptors, opened);
      Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);
      Iterator<ColumnFamilyHandle> next = opened.iterator();
      for (Family family : Family.values()) {
        handles.put(family, next.next());
      }
      return new StoreDatabase(folder, settings, rocks, handles);
    } catch (RocksDBException e) {
      settings.close();
      throw StoreFailures.of(folder, create ? "create it" : "open it", e);
    }
  }

  Path folder() {
    return folder;
  }

  ColumnFamilyHandle handle(Family family) {
    ColumnFamilyHandle handle = handles.get(family);
    if (handle == null) {
      throw new IllegalStateException("no handle for " + family);
    }
    return handle;
  }

  @Override
  public String name() {
    return folder.toString();
  }

  @Override
  public Optional<byte[]> get(Family family, byte[] key) throws StoreException {
    return access("read " + family.title(), r -> Optional.ofNullable(r.get(handle(family), key)));
  }

  @Override
  public void scan(Family family, byte[] from, byte[] to, RowVisitor visitor)
      throws StoreException {
    access(
        "read " + family.title(),
        r -> {
          try (Slice upper = new Slice(to);
              ReadOptions options = new ReadOptions().setIterateUpperBound(upper);
              RocksIterator row = r.newIterator(handle(family), options)) {
            row.seek(from);
            Row visited = new RocksRow(row);
            while (row.isValid() && visitor.onRow(visited)) {
              row.next();
            }
            row.status();
          }
          return true;
        });
  }

  /**
   * Visits rows downwards from the last one below {@code below} to {@code lowest}, which is
   * included.
   */
  void scanDown(Family family, byte[] below, byte[] lowest, RowVisitor visitor)
      throws StoreException {
    access(
        "read " + family.title(),
        r -> {
          try (Slice lower = new Slice(lowest);
              Slice upper = new Slice(below);
              ReadOptions options =
                  new ReadOptions().setIterateLowerBound(lower).setIterateUpperBound(upper);
              RocksIterator row = r.newIterator(handle(family), options)) {
            row.seekToLast();
            Row visited = new RocksRow(row);
            while (row.isValid() && visitor.onRow(visited)) {
              row.prev();
            }
            row.status();
          }
          return true;
        });
  }

  @Override
  public RecordBatch newBatch() {
    return new RocksBatch(this);
  }

  @Override
  public ByteBuffer newBuffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes);
  }

  @Override
  public void write(RecordBatch batch, boolean sync) throws StoreException {
    if (!(batch instanceof RocksBatch filled)) {
      throw new IllegalArgumentException("not a batch of this store: " + batch.getClass());
    }
    write(filled.rocks(), sync);
  }

  /** As for the port's batches; for the message index. */
  void write(WriteBatch batch, boolean sync) throws StoreException {
    StoreException sick = failure.get();
    if (sick != null) {
      throw refusedAfter(sick);
    }
    try (WriteOptions options = new WriteOptions().setSync(sync)) {
      access(
          "write",
          r -> {
            r.write(options, batch);
            return true;
          });
    } catch (StoreException e) {
      fail(e);
      throw e;
    }
  }

  /** RocksDB's own account of what it wrote and synced, for people. */
  String statistics() throws StoreException {
    return access("read its statistics", r -> r.getProperty("rocksdb.dbstats"));
  }

  @Override
  public void fail(StoreException cause) {
    failure.compareAndSet(null, cause);
  }

  @Override
  public Optional<StoreException> failure() {
    return Optional.ofNullable(failure.get());
  }

  private <T> T access(String doing, Access<T> access) throws StoreException {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new StoreException("store " + folder + ": cannot " + doing + ": it has been closed");
      }
      return access.with(rocks);
    } catch (RocksDBException e) {
      throw StoreFailures.of(folder, doing, e);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        handles.values().forEach(ColumnFamilyHandle::close);
        rocks.close();
        settings.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
