package dev.mallard.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * Turns what RocksDB and the file system say into messages that name the folder, what is wrong, and
 * the remedy.
 */
final class StoreFailures {
  static final String REMEDY_DAMAGED =
      "Nothing was repaired. Stop the node and check the disk; then restore the folder from a copy made while the node was"
          + " stopped, or move it aside and start with an empty one: the replica then counts as failed (part of u) until it has"
          + " caught up";

  private static final String REMEDY_SPACE =
      "Free space (or raise the quota) and restart the node; nothing that was acknowledged is lost";

  private static final String REMEDY_ACCESS =
      "Check that the folder is on a writable disk and belongs to the user who runs the node";

  private StoreFailures() {}

  static StoreException of(Path folder, String doing, RocksDBException cause) {
    return new StoreException(
        "store " + folder + ": cannot " + doing + ": " + said(cause) + ". " + remedy(cause), cause);
  }

  static StoreException of(Path folder, String doing, IOException cause) {
    String remedy = isOutOfSpace(String.valueOf(cause.getMessage())) ? REMEDY_SPACE : REMEDY_ACCESS;
    return new StoreException(
        String.format(Locale.ROOT, "store %s: cannot %s: %s. %s", folder, doing, cause, remedy),
        cause);
  }

  private static String said(RocksDBException cause) {
    Status status = cause.getStatus();
    String kind = status == null ? "" : status.getCode().name() + ": ";
    return kind + String.valueOf(cause.getMessage()).strip();
  }

  private static String remedy(RocksDBException cause) {
    String said = said(cause);
    if (isLocked(said)) {
      return "Another process has it open: stop that node first; two nodes must never share a key or a store";
    }
    if (isOutOfSpace(cause, said)) {
      return REMEDY_SPACE;
    }
    if (said.contains("Permission denied") || said.contains("Read-only file system")) {
      return "Give the user who runs the node write access to the folder";
    }
    return REMEDY_DAMAGED;
  }

  private static boolean isLocked(String said) {
    return said.contains("lock hold by") || said.contains("While lock file");
  }

  private static boolean isOutOfSpace(RocksDBException cause, String said) {
    Status status = cause.getStatus();
    return (status != null && status.getSubCode() == Status.SubCode.NoSpace) || isOutOfSpace(said);
  }

  private static boolean isOutOfSpace(String said) {
    return said.contains("No space left")
        || said.contains("File too large")
        || said.contains("Disk quota exceeded");
  }
}
