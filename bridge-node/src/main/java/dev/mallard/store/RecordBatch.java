package dev.mallard.store;

import java.nio.ByteBuffer;

/**
 * Changes that a {@link RecordStore} makes together. It owns the key arrays it is given; records
 * are copied out of their buffers. One thread.
 */
public interface RecordBatch extends AutoCloseable {
  /**
   * Puts a record in place of any with its key.
   *
   * @param record from {@link RecordStore#newBuffer}; left empty
   */
  void put(Family family, byte[] key, ByteBuffer record) throws StoreException;

  /** Deletes a record if there is one. */
  void delete(Family family, byte[] key) throws StoreException;

  /** Deletes all records, {@code from} included, {@code to} not; {@code from} is not above it. */
  void deleteRange(Family family, byte[] from, byte[] to) throws StoreException;

  /** Remembers what the batch holds now; save points nest. */
  void setSavePoint();

  /** Takes back what was added since the last save point, and forgets the save point. */
  void rollbackToSavePoint() throws StoreException;

  /** Forgets the last save point. */
  void popSavePoint() throws StoreException;

  /** Bytes it has now, roughly those that the disk's log takes. */
  long sizeBytes();

  /** Changes it holds now. */
  int count();

  /** Empties it; it may keep the memory. */
  void clear();

  @Override
  void close();
}
