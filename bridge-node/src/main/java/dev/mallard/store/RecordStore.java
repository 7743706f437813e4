package dev.mallard.store;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The disk as journal and recovery see it: records by family and key, in the unsigned byte order of
 * keys, changed by atomic batches. RocksDB in the node ({@link StoreDatabase}); the simulator has
 * one in memory, so that the same journal and recovery meet crashes there. After a failed write the
 * disk is sick: writes are refused, reads go on ([G-3]).
 */
public interface RecordStore {
  /** Takes one row of a scan; false ends it. It must not write to the store. */
  interface RowVisitor {
    /** A row, valid during this call. */
    boolean onRow(Row row) throws StoreException;
  }

  /** The row a scan stands on. */
  interface Row {
    /** Its key; not to be changed. */
    byte[] key();

    /** Its record whole; not to be changed. */
    byte[] value();

    /** Copies as much of the record's beginning as fits; returns the length of the whole. */
    int head(byte[] target);
  }

  /** Names the disk in errors: its folder. */
  String name();

  /** Reads a record whole; the array is not to be changed. */
  Optional<byte[]> get(Family family, byte[] key) throws StoreException;

  /** Visits rows upwards, {@code from} included, {@code to} not. */
  void scan(Family family, byte[] from, byte[] to, RowVisitor visitor) throws StoreException;

  /** An empty batch for {@link #write}. */
  RecordBatch newBatch();

  /** A buffer of the kind that batches take records from without a further copy. */
  ByteBuffer newBuffer(int bytes);

  /**
   * Writes a batch of this store whole or, after a crash or failure, not at all; the batch keeps
   * its changes. Later batches never survive a crash that an earlier one does not.
   *
   * @param sync whether it, and everything before it, is durable on return; otherwise a crash may
   *     take it back
   */
  void write(RecordBatch batch, boolean sync) throws StoreException;

  /** Marks the disk sick. The first cause stays. */
  void fail(StoreException cause);

  /** Why writes are refused, if they are. */
  Optional<StoreException> failure();

  /** What later writes on a sick disk fail with. */
  default StoreException refusedAfter(StoreException first) {
    return new StoreException(
        String.format(
            Locale.ROOT,
            "store %s takes no writes since one failed: %s",
            name(),
            first.getMessage()),
        first);
  }

  /** Names a record in errors. */
  default Supplier<String> naming(Family family, byte[] key) {
    return () ->
        String.format(
            Locale.ROOT,
            "store %s: record %s/%s",
            name(),
            family.title(),
            HexFormat.of().formatHex(key));
  }
}
