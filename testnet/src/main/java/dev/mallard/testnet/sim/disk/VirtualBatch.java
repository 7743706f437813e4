package dev.mallard.testnet.sim.disk;

import dev.mallard.store.Family;
import dev.mallard.store.RecordBatch;
import dev.mallard.store.StoreException;
import dev.mallard.testnet.sim.disk.DiskRecords.Change;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch of a {@link VirtualDisk}: records are copied once, into the array that the disk keeps.
 */
final class VirtualBatch implements RecordBatch {
  private static final int SAVE_POINTS_EXPECTED = 4;

  private final VirtualDisk disk;
  private final List<Change> changes = new ArrayList<>();
  private final ArrayDeque<SavePoint> savePoints = new ArrayDeque<>(SAVE_POINTS_EXPECTED);
  private long bytes;

  private record SavePoint(int changes, long bytes) {}

  VirtualBatch(VirtualDisk disk) {
    this.disk = disk;
  }

  boolean isOf(VirtualDisk asked) {
    return disk == asked;
  }

  List<Change> changes() {
    return changes;
  }

  @Override
  public void put(Family family, byte[] key, ByteBuffer buffer) {
    byte[] value = new byte[buffer.remaining()];
    buffer.get(value);
    changes.add(records -> records.put(family, key, value));
    bytes += key.length + value.length;
  }

  @Override
  public void delete(Family family, byte[] key) {
    changes.add(records -> records.delete(family, key));
    bytes += key.length;
  }

  @Override
  public void deleteRange(Family family, byte[] from, byte[] to) {
    changes.add(records -> records.deleteRange(family, from, to));
    bytes += from.length + to.length;
  }

  @Override
  public void setSavePoint() {
    savePoints.push(new SavePoint(changes.size(), bytes));
  }

  @Override
  public void rollbackToSavePoint() throws StoreException {
    SavePoint point = popped();
    changes.subList(point.changes(), changes.size()).clear();
    bytes = point.bytes();
  }

  @Override
  public void popSavePoint() throws StoreException {
    popped();
  }

  private SavePoint popped() throws StoreException {
    SavePoint point = savePoints.poll();
    if (point == null) {
      throw new StoreException("store " + disk.name() + ": the batch has no save point");
    }
    return point;
  }

  @Override
  public long sizeBytes() {
    return bytes;
  }

  @Override
  public int count() {
    return changes.size();
  }

  @Override
  public void clear() {
    changes.clear();
    savePoints.clear();
    bytes = 0;
  }

  @Override
  public void close() {
    clear();
  }
}
