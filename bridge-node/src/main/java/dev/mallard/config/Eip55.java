package dev.mallard.config;

import dev.mallard.stake.BridgeAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.crypto.digests.KeccakDigest;

/**
 * Reads addresses that people wrote: mixed case must be the checksum of EIP-55, so that a typing
 * error shows.
 */
final class Eip55 {
  private Eip55() {}

  /** Empty if it is no address, is zero, or its checksum is wrong; all lower case has none. */
  static Optional<BridgeAddress> read(String text) {
    try {
      BridgeAddress address = BridgeAddress.fromHex(text);
      String lower = text.toLowerCase(Locale.ROOT);
      boolean isSpelledRight = text.equals(lower) || text.equals(checksummed(lower.substring(2)));
      return isSpelledRight && !address.equals(BridgeAddress.ZERO)
          ? Optional.of(address)
          : Optional.empty();
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  /** A digit is upper case where the hash of the lower-case text has a nibble above 7. */
  private static String checksummed(String lower) {
    KeccakDigest keccak = new KeccakDigest(256);
    byte[] ascii = lower.getBytes(StandardCharsets.US_ASCII);
    keccak.update(ascii, 0, ascii.length);
    byte[] hash = new byte[32];
    keccak.doFinal(hash, 0);
    StringBuilder text = new StringBuilder("0x");
    for (int i = 0; i < lower.length(); i++) {
      int nibble = (hash[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xf;
      text.append(nibble > 7 ? Character.toUpperCase(lower.charAt(i)) : lower.charAt(i));
    }
    return text.toString();
  }
}
