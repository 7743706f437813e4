package dev.mallard.testnet.demo;

import java.math.BigInteger;
import java.util.Arrays;
import org.web3j.utils.Numeric;

/** ABI-encoded data as 32-byte words, for reading a few of them. */
final class AbiWords {
  private static final int WORD = 32;

  private final byte[] data;

  private AbiWords(byte[] data) {
    this.data = data;
  }

  /** Data in hexadecimal, with or without {@code 0x}. */
  static AbiWords of(String hex) {
    return new AbiWords(Numeric.hexStringToByteArray(hex));
  }

  /** The word at a place as a number that fits. */
  long number(int place) {
    return new BigInteger(1, Arrays.copyOfRange(data, place * WORD, (place + 1) * WORD))
        .longValueExact();
  }

  /** The word that an offset in the word at a place points to, counted from where offsets start. */
  int place(int place) {
    return Math.toIntExact(number(place) / WORD);
  }

  /** The byte string whose offset is the word at a place. */
  byte[] bytes(int place) {
    int at = place(place);
    int begin = (at + 1) * WORD;
    return Arrays.copyOfRange(data, begin, begin + Math.toIntExact(number(at)));
  }
}
