package dev.mallard.store;

import java.nio.ByteBuffer;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** A batch of RocksDB, filled from direct buffers: one copy of a record, none of them in Java. */
final class RocksBatch implements RecordBatch {
  private static final int KEY_BYTES_MAX = 128;

  private final StoreDatabase database;
  private final WriteBatch batch = new WriteBatch();
  private final ByteBuffer keyBuffer = ByteBuffer.allocateDirect(KEY_BYTES_MAX);

  RocksBatch(StoreDatabase database) {
    this.database = database;
  }

  WriteBatch rocks() {
    return batch;
  }

  @Override
  public void put(Family family, byte[] key, ByteBuffer record) throws StoreException {
    keyBuffer.clear();
    keyBuffer.put(key).flip();
    try {
      batch.put(database.handle(family), keyBuffer, record);
    } catch (RocksDBException e) {
      throw notFilled(e);
    }
  }

  @Override
  public void delete(Family family, byte[] key) throws StoreException {
    try {
      batch.delete(database.handle(family), key);
    } catch (RocksDBException e) {
      throw notFilled(e);
    }
  }

  @Override
  public void deleteRange(Family family, byte[] from, byte[] to) throws StoreException {
    try {
      batch.deleteRange(database.handle(family), from, to);
    } catch (RocksDBException e) {
      throw notFilled(e);
    }
  }

  @Override
  public void setSavePoint() {
    batch.setSavePoint();
  }

  @Override
  public void rollbackToSavePoint() throws StoreException {
    try {
      batch.rollbackToSavePoint();
    } catch (RocksDBException e) {
      throw notFilled(e);
    }
  }

  @Override
  public void popSavePoint() throws StoreException {
    try {
      batch.popSavePoint();
    } catch (RocksDBException e) {
      throw notFilled(e);
    }
  }

  @Override
  public long sizeBytes() {
    return batch.getDataSize();
  }

  @Override
  public int count() {
    return batch.count();
  }

  @Override
  public void clear() {
    batch.clear();
  }

  @Override
  public void close() {
    batch.close();
  }

  private StoreException notFilled(RocksDBException cause) {
    return StoreFailures.of(database.folder(), "fill a batch", cause);
  }
}
