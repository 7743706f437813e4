package dev.mallard.store;

import dev.mallard.stake.Hash32;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.apache.tuweni.bytes.Bytes;

/**
 * Writes one record after the other into a buffer that is reused, so that the store takes bodies
 * from it without a further copy. One thread.
 */
final class RecordWriter {
  private static final int INITIAL_BYTES = 4 << 10;

  private final int recordBytesMax;
  private final byte[] hashBytes = new byte[Hash32.HASH_BYTES];
  private final IntFunction<ByteBuffer> buffers;
  private ByteBuffer buffer;

  /** On direct buffers. */
  RecordWriter(int recordBytesMax) {
    this(recordBytesMax, ByteBuffer::allocateDirect);
  }

  /**
   * @param buffers makes one of a size, as {@link RecordStore#newBuffer} does
   */
  RecordWriter(int recordBytesMax, IntFunction<ByteBuffer> buffers) {
    this.recordBytesMax = recordBytesMax;
    this.buffers = buffers;
    this.buffer = buffers.apply(INITIAL_BYTES);
  }

  /** Gives back what a large record took. */
  void shrink() {
    buffer = buffers.apply(INITIAL_BYTES);
  }

  /** Begins a record with its format version, 1 to 255. */
  RecordWriter begin(int version) {
    buffer.clear();
    return u8(version);
  }

  /** The finished record; valid until the next begin. */
  ByteBuffer end() {
    return buffer.flip();
  }

  /** The finished record as an array. */
  byte[] endArray() {
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  RecordWriter u8(int value) {
    room(Byte.BYTES).put((byte) value);
    return this;
  }

  RecordWriter u16(int value) {
    if (value < 0 || value > 0xffff) {
      throw new IllegalArgumentException(value + " does not fit 16 bits");
    }
    room(Short.BYTES).putShort((short) value);
    return this;
  }

  RecordWriter u32(int value) {
    room(Integer.BYTES).putInt(value);
    return this;
  }

  RecordWriter u64(long value) {
    room(Long.BYTES).putLong(value);
    return this;
  }

  RecordWriter hash(Hash32 hash) {
    hash.copyTo(hashBytes, 0);
    room(Hash32.HASH_BYTES).put(hashBytes);
    return this;
  }

  /** Raw bytes, no length. */
  RecordWriter raw(Bytes bytes) {
    bytes.appendTo(room(bytes.size()));
    return this;
  }

  /** Raw bytes, no length. */
  RecordWriter raw(byte[] bytes) {
    room(bytes.length).put(bytes);
    return this;
  }

  /** Bytes behind their 32-bit length. */
  RecordWriter blob(Bytes bytes) {
    return u32(bytes.size()).raw(bytes);
  }

  private ByteBuffer room(int bytes) {
    if (bytes > buffer.remaining()) {
      grow(bytes);
    }
    return buffer;
  }

  private void grow(int bytes) {
    long needed = (long) buffer.position() + bytes;
    if (needed > recordBytesMax) {
      throw new IllegalArgumentException(
          "a record of more than " + recordBytesMax + " bytes; lower the bundle limits");
    }
    long doubled = Math.max(needed, 2L * buffer.capacity());
    ByteBuffer larger = buffers.apply((int) Math.min(doubled, recordBytesMax));
    buffer = larger.put(buffer.flip());
  }
}
