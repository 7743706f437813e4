package dev.mallard.certify;

import org.apache.tuweni.bytes.Bytes;

/**
 * A secp256k1 signature, 64 bytes: r, then s with the y parity in its top bit (EIP-2098). s is in
 * the lower half.
 */
public record Signature(Bytes compact) {
  /** Length in bytes. */
  public static final int BYTES = 64;

  public Signature {
    if (compact.size() != BYTES) {
      throw new IllegalArgumentException(
          "a signature of " + compact.size() + " bytes, not " + BYTES);
    }
  }

  /** Of half of r and of s: they differ wherever signatures do, and tables are looked up often. */
  @Override
  public int hashCode() {
    return Long.hashCode(
        compact.getLong(BYTES / 2 - Long.BYTES) ^ compact.getLong(BYTES - Long.BYTES));
  }
}
