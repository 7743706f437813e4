package dev.mallard.testnet.sim.disk;

import dev.mallard.store.Family;
import dev.mallard.store.RecordBatch;
import dev.mallard.store.RecordStore;
import dev.mallard.store.StoreException;
import dev.mallard.testnet.sim.disk.DiskRecords.Change;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that outlives the crashes of its replica. It answers as RocksDB does, and fails
 * when told to: full, or with read errors. Batches that no fsync had confirmed meet their {@link
 * CrashFate} at a crash. One thread; the same calls give the same answers.
 */
public final class VirtualDisk implements RecordStore {
  private final String name;
  private final DiskRecords records = new DiskRecords();
  private final ArrayDeque<Unconfirmed> unconfirmed = new ArrayDeque<>();
  private final VisitedRow row = new VisitedRow();
  private @Nullable StoreException failure;
  private boolean full;
  private int readErrors;

  /**
   * A batch that a crash may take back.
   *
   * @param reverse takes it back; empty if it failed: then it may be on the disk, but nobody reads
   *     it before the next life
   */
  private record Unconfirmed(List<Change> changes, Optional<List<Change>> reverse) {}

  private static final class VisitedRow implements Row {
    private byte[] key = {};
    private byte[] value = {};

    @Override
    public byte[] key() {
      return key;
    }

    @Override
    public byte[] value() {
      return value;
    }

    @Override
    public int head(byte[] target) {
      System.arraycopy(value, 0, target, 0, Math.min(value.length, target.length));
      return value.length;
    }
  }

  /**
   * An empty disk.
   *
   * @param name for errors
   */
  public VirtualDisk(String name) {
    this.name = name;
  }

  /** From now on writes fail, until space is freed and the replica has begun a new life. */
  public void fill() {
    full = true;
  }

  /** Undoes {@link #fill}. */
  public void freeSpace() {
    full = false;
  }

  /** So many reads and scans from now on fail; 0 makes reads go well again. */
  public void failReads(int count) {
    readErrors = count;
  }

  /** Batches that a crash now could take back. */
  public int unconfirmed() {
    return unconfirmed.size();
  }

  /**
   * The replica dies and the disk is as its next life finds it: well, unless it is still full.
   *
   * @param kept how many of the {@link #unconfirmed} batches survive, the oldest ones
   */
  public void crash(int kept) {
    if (kept < 0 || kept > unconfirmed.size()) {
      throw new IllegalArgumentException(kept + " of " + unconfirmed.size() + " batches kept");
    }
    while (unconfirmed.size() > kept) {
      unconfirmed.removeLast().reverse().ifPresent(records::apply);
    }
    for (Unconfirmed survivor : unconfirmed) {
      if (survivor.reverse().isEmpty()) {
        records.apply(survivor.changes());
      }
    }
    unconfirmed.clear();
    failure = null;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<byte[]> get(Family family, byte[] key) throws StoreException {
    checkReads(family);
    return Optional.ofNullable(records.of(family).get(key));
  }

  @Override
  public void scan(Family family, byte[] from, byte[] to, RowVisitor visitor)
      throws StoreException {
    checkReads(family);
    if (Arrays.compareUnsigned(from, to) >= 0) {
      return;
    }
    for (Map.Entry<byte[], byte[]> record : records.of(family).subMap(from, to).entrySet()) {
      row.key = record.getKey();
      row.value = record.getValue();
      if (!visitor.onRow(row)) {
        return;
      }
    }
  }

  @Override
  public RecordBatch newBatch() {
    return new VirtualBatch(this);
  }

  @Override
  public ByteBuffer newBuffer(int bytes) {
    return ByteBuffer.allocate(bytes);
  }

  @Override
  public void write(RecordBatch batch, boolean sync) throws StoreException {
    if (!(batch instanceof VirtualBatch filled && filled.isOf(this))) {
      throw new IllegalArgumentException("not a batch of disk " + name);
    }
    if (failure != null) {
      throw refusedAfter(failure);
    }
    if (full) {
      fail(new StoreException("store " + name + ": cannot write: no space left"));
      unconfirmed.add(new Unconfirmed(List.copyOf(filled.changes()), Optional.empty()));
      throw failure;
    }
    if (sync) {
      unconfirmed.clear();
      records.apply(filled.changes());
    } else {
      List<Change> changes = List.copyOf(filled.changes());
      unconfirmed.add(new Unconfirmed(changes, Optional.of(records.applyReversibly(changes))));
    }
  }

  @Override
  public void fail(StoreException cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  @Override
  public Optional<StoreException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Whether it has failed a write, or fails reads now. */
  public boolean isFailing() {
    return failure != null || readErrors > 0;
  }

  private void checkReads(Family family) throws StoreException {
    if (readErrors > 0) {
      readErrors--;
      throw new StoreException("store " + name + ": cannot read " + family.title() + ": IO error");
    }
  }
}
