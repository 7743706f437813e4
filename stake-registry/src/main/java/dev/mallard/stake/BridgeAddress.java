package dev.mallard.stake;

import java.util.HexFormat;

/**
 * The Ethereum address (20 bytes) of a bridge key: what a replica's secp256k1 signatures recover
 * to, on chain and off. Compares as an unsigned big-endian number, the order in which contracts
 * sort signers.
 */
public final class BridgeAddress implements Comparable<BridgeAddress> {

  public static final int ADDRESS_BYTES = 20;

  public static final BridgeAddress ZERO = new BridgeAddress(0, 0, 0);

  private final long a;
  private final long b;
  private final int c;

  private BridgeAddress(long a, long b, int c) {
    this.a = a;
    this.b = b;
    this.c = c;
  }

  /**
   * Copies the bytes.
   *
   * @throws IllegalArgumentException unless there are exactly 20
   */
  public static BridgeAddress of(byte[] bytes) {
    if (bytes.length != ADDRESS_BYTES) {
      throw new IllegalArgumentException("an address has 20 bytes, got " + bytes.length);
    }
    return of(bytes, 0);
  }

  /** Copies the 20 bytes that start at {@code offset}: decoders read from the middle of a frame. */
  public static BridgeAddress of(byte[] bytes, int offset) {
    return new BridgeAddress(
        BigEndian.longAt(bytes, offset),
        BigEndian.longAt(bytes, offset + 8),
        BigEndian.intAt(bytes, offset + 16));
  }

  /**
   * Reads {@code 0x} and 40 hex digits. Either case is taken: the mixed-case checksum of EIP-55
   * needs Keccak, so it is checked where people write addresses (the stake file), not here.
   *
   * @throws IllegalArgumentException if {@code hex} is anything else
   */
  public static BridgeAddress fromHex(String hex) {
    return of(BigEndian.bytesOfHex(hex, ADDRESS_BYTES, "an address"));
  }

  /** A copy, most significant byte first, as contracts and signatures take it. */
  public byte[] toBytes() {
    byte[] bytes = new byte[ADDRESS_BYTES];
    copyTo(bytes, 0);
    return bytes;
  }

  /** Writes the 20 bytes to {@code target} from {@code offset} on. */
  public void copyTo(byte[] target, int offset) {
    BigEndian.putLong(a, target, offset);
    BigEndian.putLong(b, target, offset + 8);
    BigEndian.putInt(c, target, offset + 16);
  }

  /** {@code 0x} and 40 lower-case digits. */
  public String toHex() {
    return "0x" + HexFormat.of().formatHex(toBytes());
  }

  @Override
  public int compareTo(BridgeAddress other) {
    int order = Long.compareUnsigned(a, other.a);
    order = order != 0 ? order : Long.compareUnsigned(b, other.b);
    return order != 0 ? order : Integer.compareUnsigned(c, other.c);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BridgeAddress that && a == that.a && b == that.b && c == that.c;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(a ^ Long.rotateLeft(b, 24)) ^ c;
  }

  @Override
  public String toString() {
    return toHex();
  }
}
