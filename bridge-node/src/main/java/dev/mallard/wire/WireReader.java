package dev.mallard.wire;

import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StreamId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.tuweni.bytes.Bytes;

/** Reads values off a part of a byte array; each read checks first that its bytes are there. */
final class WireReader {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final int end;
  private int at;

  WireReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private WireReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** A reader of the next bytes, which this one leaves behind. */
  WireReader part(int length) throws MalformedException {
    int from = take(length);
    return new WireReader(bytes, from, from + length);
  }

  int remaining() {
    return end - at;
  }

  int u8() throws MalformedException {
    return bytes[take(1)] & 0xff;
  }

  int u16() throws MalformedException {
    int from = take(2);
    return (bytes[from] & 0xff) << 8 | (bytes[from + 1] & 0xff);
  }

  int i32() throws MalformedException {
    return (int) INTS.get(bytes, take(Integer.BYTES));
  }

  long i64() throws MalformedException {
    return (long) LONGS.get(bytes, take(Long.BYTES));
  }

  /** A length or a count: from {@code min} to {@code max}. */
  int size(String what, int min, int max) throws MalformedException {
    int value = i32();
    if (value < min || value > max) {
      throw new MalformedException(what + " is " + value + ", not in " + min + ".." + max);
    }
    return value;
  }

  /** A number that counts something. */
  long atLeast(String what, long min) throws MalformedException {
    long value = i64();
    if (value < min) {
      throw new MalformedException(what + " is " + value + ", below " + min);
    }
    return value;
  }

  Epoch epoch() throws MalformedException {
    return new Epoch(atLeast("epoch", 1));
  }

  RsmId rsm() throws MalformedException {
    return new RsmId(atLeast("RSM id", 1));
  }

  StreamId stream() throws MalformedException {
    RsmId source = rsm();
    RsmId destination = rsm();
    if (source.equals(destination)) {
      throw new MalformedException("a stream from " + source + " to itself");
    }
    return new StreamId(source, destination);
  }

  Hash32 hash() throws MalformedException {
    return Hash32.of(bytes, take(Hash32.HASH_BYTES));
  }

  /** The next bytes, copied: what is kept of a frame must not keep the frame. */
  byte[] copy(int length) throws MalformedException {
    int from = take(length);
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  /**
   * The next bytes: as a slice if they are most of the frame, else copied. So no byte is kept alive
   * by less than half its weight, and large payloads are not moved.
   */
  Bytes payload(int length) throws MalformedException {
    if (length < bytes.length / 2) {
      return Bytes.wrap(copy(length));
    }
    return Bytes.wrap(bytes, take(length), length);
  }

  void checkEnd(String what) throws MalformedException {
    if (at != end) {
      throw new MalformedException((end - at) + " bytes too many after " + what);
    }
  }

  private int take(int length) throws MalformedException {
    if (length < 0 || length > end - at) {
      throw new MalformedException(length + " bytes expected, " + (end - at) + " left");
    }
    int from = at;
    at += length;
    return from;
  }
}
