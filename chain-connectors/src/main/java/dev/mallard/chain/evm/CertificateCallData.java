package dev.mallard.chain.evm;

import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.MutableBytes;

/**
 * A certificate as the Inbox reads it: the parity of each signature, which EIP-2098 hides in the
 * highest bit of s, stands with the validator's bit, so that a signature goes to the precompile as
 * it is.
 *
 * @param signers two bits a validator, from the highest of the first byte on: 00 has not signed, 10
 *     and 11 have, with an even or odd point
 * @param signatures r and s, 32 bytes each
 */
record CertificateCallData(Bytes signers, Bytes signatures) {
  private static final int SIGNATURE_BYTES = 64;
  private static final int S_OFFSET = 32;
  private static final int PARITY = 0x80;
  private static final int CODES_A_BYTE = 4;
  private static final int HAS_SIGNED = 0b10;

  /**
   * From a bitmap of validators and their compact signatures; a signature that is missing counts as
   * none, and the Inbox refuses what doesn't fit.
   */
  static CertificateCallData of(Bytes bitmap, Bytes compact) {
    byte[] codes = new byte[bitmap.size() * Byte.SIZE / CODES_A_BYTE];
    MutableBytes plain = compact.mutableCopy();
    int length = 0;
    int at = S_OFFSET;
    for (int i = 0; i < bitmap.size() * Byte.SIZE; i++) {
      if ((bitmap.get(i / Byte.SIZE) >> i % Byte.SIZE & 1) == 0) {
        continue;
      }
      int parity = 0;
      if (at < plain.size()) {
        parity = (plain.get(at) & PARITY) == 0 ? 0 : 1;
        plain.set(at, (byte) (plain.get(at) & ~PARITY));
      }
      int shift = Byte.SIZE - 2 - 2 * (i % CODES_A_BYTE);
      codes[i / CODES_A_BYTE] |= (byte) ((HAS_SIGNED | parity) << shift);
      length = i / CODES_A_BYTE + 1;
      at += SIGNATURE_BYTES;
    }
    return new CertificateCallData(Bytes.wrap(codes, 0, length), plain);
  }
}
