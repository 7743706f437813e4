package dev.mallard.store;

import dev.mallard.stake.Hash32;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record; every length is checked, so that damage becomes a {@link StoreException}, never a
 * wild allocation.
 */
final class RecordReader {
  private final byte[] record;
  private final ByteBuffer buffer;
  private final Supplier<String> what;

  /**
   * @param what names folder and record in errors
   */
  RecordReader(byte[] record, int length, Supplier<String> what) {
    this.record = record;
    this.buffer = ByteBuffer.wrap(record, 0, Math.min(length, record.length));
    this.what = what;
  }

  RecordReader(byte[] record, Supplier<String> what) {
    this(record, record.length, what);
  }

  /** The decoder's body: what it throws on impossible values becomes a {@link StoreException}. */
  interface Decoder<T> {
    T decode(RecordReader reader) throws StoreException;
  }

  /** Checks the format version, decodes all of it, and wants nothing left. */
  <T> T whole(int version, Decoder<T> decoder) throws StoreException {
    T value = head(version, decoder);
    if (buffer.hasRemaining()) {
      throw damaged(buffer.remaining() + " bytes too many", null);
    }
    return value;
  }

  /** Checks the format version and decodes the beginning. */
  <T> T head(int version, Decoder<T> decoder) throws StoreException {
    int found = u8();
    if (found != version) {
      throw damaged("record version " + found + ", this program knows " + version, null);
    }
    try {
      return decoder.decode(this);
    } catch (IllegalArgumentException impossible) {
      throw damaged(String.valueOf(impossible.getMessage()), impossible);
    }
  }

  int u8() throws StoreException {
    return need(Byte.BYTES).get() & 0xff;
  }

  int u16() throws StoreException {
    return need(Short.BYTES).getShort() & 0xffff;
  }

  int u32() throws StoreException {
    return need(Integer.BYTES).getInt();
  }

  long u64() throws StoreException {
    return need(Long.BYTES).getLong();
  }

  Hash32 hash() throws StoreException {
    int at = need(Hash32.HASH_BYTES).position();
    buffer.position(at + Hash32.HASH_BYTES);
    return Hash32.of(record, at);
  }

  /** Bytes of a known length; a view, not a copy. */
  Bytes raw(int length) throws StoreException {
    int at = need(length).position();
    buffer.position(at + length);
    return Bytes.wrap(record, at, length);
  }

  /** Bytes behind their 32-bit length; a view, not a copy. */
  Bytes blob() throws StoreException {
    return raw(u32());
  }

  private ByteBuffer need(int bytes) throws StoreException {
    if (bytes < 0 || bytes > buffer.remaining()) {
      throw damaged("it ends too early", null);
    }
    return buffer;
  }

  private StoreException damaged(String why, @Nullable Throwable cause) {
    String message = what.get() + " is damaged: " + why + ". " + StoreFailures.REMEDY_DAMAGED;
    return cause == null ? new StoreException(message) : new StoreException(message, cause);
  }
}
