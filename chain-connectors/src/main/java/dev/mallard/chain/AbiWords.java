package dev.mallard.chain;

import dev.mallard.stake.Hash32;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * A run of 32-byte words as {@code abi.encode} lays out values of fixed size, for hashes that a
 * contract computes too. Belongs to one computation; not for several threads.
 */
public final class AbiWords {
  /** Bytes of a word. */
  public static final int WORD_BYTES = 32;

  private final byte[] bytes;
  private int size;

  /** Room for {@code words} words. */
  public AbiWords(int words) {
    this.bytes = new byte[words * WORD_BYTES];
  }

  /** An unsigned integer; negative values have no encoding and are a bug of the caller. */
  public AbiWords add(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("an unsigned word cannot hold " + value);
    }
    size += WORD_BYTES;
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[size - 1 - i] = (byte) (value >>> (Byte.SIZE * i));
    }
    return this;
  }

  /** A {@code uint256}. */
  public AbiWords add(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > WORD_BYTES * Byte.SIZE) {
      throw new IllegalArgumentException("a word cannot hold " + value);
    }
    byte[] magnitude = value.toByteArray();
    int from = magnitude.length > WORD_BYTES ? 1 : 0;
    return addRight(Arrays.copyOfRange(magnitude, from, magnitude.length));
  }

  /** A {@code bytes32}. */
  public AbiWords add(Hash32 hash) {
    hash.copyTo(bytes, size);
    size += WORD_BYTES;
    return this;
  }

  /** At most 32 bytes in the low end of a word, as an {@code address} lies. */
  public AbiWords addRight(byte[] low) {
    size += WORD_BYTES;
    System.arraycopy(low, 0, bytes, size - low.length, low.length);
    return this;
  }

  /** Keccak-256 over the words added so far. */
  public Hash32 keccak256() {
    return Keccak256.hash(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
  }
}
