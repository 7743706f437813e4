package dev.mallard.wire;

import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StreamId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;

/**
 * Collects what was written as a list of arrays: small values share one, large payloads are taken
 * in as they are.
 */
final class WireWriter {
  /** Payloads from here on are wrapped; smaller ones are cheaper to copy. */
  private static final int WRAPPED_BYTES_MIN = 4096;

  private static final int CHUNK_BYTES_FIRST = 512;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final List<byte[]> parts = new ArrayList<>();
  private byte[] chunk = new byte[CHUNK_BYTES_FIRST];
  private int used;

  void u8(int value) {
    int at = room(1);
    chunk[at] = (byte) value;
  }

  void u16(int value) {
    int at = room(2);
    chunk[at] = (byte) (value >>> 8);
    chunk[at + 1] = (byte) value;
  }

  void i32(int value) {
    int at = room(Integer.BYTES);
    INTS.set(chunk, at, value);
  }

  void i64(long value) {
    int at = room(Long.BYTES);
    LONGS.set(chunk, at, value);
  }

  void epoch(Epoch epoch) {
    i64(epoch.number());
  }

  void rsm(RsmId rsm) {
    i64(rsm.value());
  }

  void stream(StreamId stream) {
    rsm(stream.source());
    rsm(stream.destination());
  }

  void hash(Hash32 hash) {
    int at = room(Hash32.HASH_BYTES);
    hash.copyTo(chunk, at);
  }

  void bytes(Bytes value) {
    byte[] array = value.toArrayUnsafe();
    if (array.length >= WRAPPED_BYTES_MIN) {
      endChunk();
      parts.add(array);
    } else {
      int at = room(array.length);
      System.arraycopy(array, 0, chunk, at, array.length);
    }
  }

  /** Everything written so far, in order; nothing may be written after. */
  List<byte[]> parts() {
    endChunk();
    return parts;
  }

  private void endChunk() {
    if (used > 0) {
      parts.add(used == chunk.length ? chunk : Arrays.copyOf(chunk, used));
      chunk = new byte[CHUNK_BYTES_FIRST];
      used = 0;
    }
  }

  /** Where {@code length} more bytes may be put. */
  private int room(int length) {
    if (chunk.length - used < length) {
      chunk = Arrays.copyOf(chunk, Math.max(chunk.length * 2, used + length));
    }
    int at = used;
    used += length;
    return at;
  }
}
