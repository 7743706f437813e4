package dev.mallard.stake;

import java.util.HexFormat;

/**
 * Thirty-two immutable bytes: a block hash, an accumulator value [OUT-1], a fingerprint of a TLS
 * key. Compares as an unsigned big-endian number.
 */
public final class Hash32 implements Comparable<Hash32> {

  public static final int HASH_BYTES = 32;

  public static final Hash32 ZERO = new Hash32(0, 0, 0, 0);

  private final long a;
  private final long b;
  private final long c;
  private final long d;

  private Hash32(long a, long b, long c, long d) {
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
  }

  /**
   * Copies the bytes.
   *
   * @throws IllegalArgumentException unless there are exactly 32
   */
  public static Hash32 of(byte[] bytes) {
    if (bytes.length != HASH_BYTES) {
      throw new IllegalArgumentException("a hash has 32 bytes, got " + bytes.length);
    }
    return of(bytes, 0);
  }

  /** Copies the 32 bytes that start at {@code offset}: decoders read from the middle of a frame. */
  public static Hash32 of(byte[] bytes, int offset) {
    return new Hash32(
        BigEndian.longAt(bytes, offset),
        BigEndian.longAt(bytes, offset + 8),
        BigEndian.longAt(bytes, offset + 16),
        BigEndian.longAt(bytes, offset + 24));
  }

  /**
   * Reads {@code 0x} and 64 hex digits of either case.
   *
   * @throws IllegalArgumentException if {@code hex} is anything else
   */
  public static Hash32 fromHex(String hex) {
    return of(BigEndian.bytesOfHex(hex, HASH_BYTES, "a hash"));
  }

  /** A copy, most significant byte first. */
  public byte[] toBytes() {
    byte[] bytes = new byte[HASH_BYTES];
    copyTo(bytes, 0);
    return bytes;
  }

  /** Writes the 32 bytes to {@code target} from {@code offset} on. */
  public void copyTo(byte[] target, int offset) {
    BigEndian.putLong(a, target, offset);
    BigEndian.putLong(b, target, offset + 8);
    BigEndian.putLong(c, target, offset + 16);
    BigEndian.putLong(d, target, offset + 24);
  }

  /** {@code 0x} and 64 lower-case digits. */
  public String toHex() {
    return "0x" + HexFormat.of().formatHex(toBytes());
  }

  @Override
  public int compareTo(Hash32 other) {
    int order = Long.compareUnsigned(a, other.a);
    order = order != 0 ? order : Long.compareUnsigned(b, other.b);
    order = order != 0 ? order : Long.compareUnsigned(c, other.c);
    return order != 0 ? order : Long.compareUnsigned(d, other.d);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash32 that && a == that.a && b == that.b && c == that.c && d == that.d;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(
        a ^ Long.rotateLeft(b, 16) ^ Long.rotateLeft(c, 32) ^ Long.rotateLeft(d, 48));
  }

  @Override
  public String toString() {
    return toHex();
  }
}
