package dev.mallard.certify;

import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.stake.BridgeAddress;
import java.math.BigInteger;
import java.util.Arrays;
import org.apache.tuweni.bytes.Bytes;

/**
 * The EIP-2098 form taken apart: r, s without the parity bit, and the parity of the nonce point's
 * y.
 */
final class CompactSignature {
  static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
  static final BigInteger HALF_ORDER = ORDER.shiftRight(1);

  private static final int HALF = Signature.BYTES / 2;
  private static final byte PARITY = (byte) 0x80;

  private final byte[] rs;
  private final boolean isOdd;

  CompactSignature(byte[] rs, boolean isOdd) {
    this.rs = rs;
    this.isOdd = isOdd;
  }

  static CompactSignature of(Signature signature) {
    byte[] rs = signature.compact().toArray();
    boolean isOdd = (rs[HALF] & PARITY) != 0;
    rs[HALF] &= (byte) ~PARITY;
    return new CompactSignature(rs, isOdd);
  }

  Signature toSignature() {
    byte[] compact = rs.clone();
    if (isOdd) {
      compact[HALF] |= PARITY;
    }
    return new Signature(Bytes.wrap(compact));
  }

  /** r and s, 32 bytes each; not to be changed. */
  byte[] rs() {
    return rs;
  }

  boolean isOdd() {
    return isOdd;
  }

  BigInteger r() {
    return new BigInteger(1, rs, 0, HALF);
  }

  BigInteger s() {
    return new BigInteger(1, rs, HALF, HALF);
  }

  /** 0 &lt; r &lt; n and 0 &lt; s ≤ n/2: the one form of a signature that everybody accepts. */
  boolean isCanonical() {
    BigInteger r = r();
    BigInteger s = s();
    return r.signum() > 0
        && r.compareTo(ORDER) < 0
        && s.signum() > 0
        && s.compareTo(HALF_ORDER) <= 0;
  }

  /** The address of an uncompressed public key (65 bytes, 0x04 first). */
  static BridgeAddress addressOf(byte[] publicKey) {
    byte[] hash = KeccakAccumulator.keccak(Arrays.copyOfRange(publicKey, 1, publicKey.length)).toBytes();
    return BridgeAddress.of(hash, hash.length - BridgeAddress.ADDRESS_BYTES);
  }
}
