package dev.mallard.stake.source;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The bytes that a contract call returned, read word by word with every offset and length checked
 * against what is there. The RPC is untrusted: a claimed length never leads to an allocation, and
 * whatever is not canonical is refused.
 */
final class AbiAnswer {

  static final int WORD_BYTES = 32;

  private final byte[] bytes;

  AbiAnswer(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** An unsigned number of at most {@code bits} bits at byte {@code at}. */
  BigInteger unsigned(int at, int bits) throws IOException {
    BigInteger value = new BigInteger(1, word(at));
    if (value.bitLength() > bits) {
      throw garbage("a number of more than " + bits + " bits", at);
    }
    return value;
  }

  BridgeAddress address(int at) throws IOException {
    byte[] word = word(at);
    for (int i = 0; i < WORD_BYTES - BridgeAddress.ADDRESS_BYTES; i++) {
      if (word[i] != 0) {
        throw garbage("no address", at);
      }
    }
    return BridgeAddress.of(word, WORD_BYTES - BridgeAddress.ADDRESS_BYTES);
  }

  Hash32 hash(int at) throws IOException {
    return Hash32.of(word(at));
  }

  /**
   * Where the dynamic value starts whose offset, counted from {@code base}, stands at {@code at}.
   */
  int follow(int base, int at) throws IOException {
    int offset = length(at);
    if (offset > bytes.length - base) {
      throw garbage("an offset beyond the end", at);
    }
    return base + offset;
  }

  /** A count or byte length at {@code at}: never more than the answer has bytes. */
  int length(int at) throws IOException {
    BigInteger value = new BigInteger(1, word(at));
    if (value.bitLength() >= Integer.SIZE || value.intValue() > bytes.length) {
      throw garbage("a length beyond the end", at);
    }
    return value.intValue();
  }

  /** The dynamic bytes that start with their length at {@code at}. */
  byte[] dynamicBytes(int at) throws IOException {
    int length = length(at);
    int from = at + WORD_BYTES;
    if (length > bytes.length - from) {
      throw garbage("bytes beyond the end", at);
    }
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  private byte[] word(int at) throws IOException {
    if (at < 0 || at > bytes.length - WORD_BYTES) {
      throw garbage("nothing", at);
    }
    return Arrays.copyOfRange(bytes, at, at + WORD_BYTES);
  }

  private IOException garbage(String what, int at) {
    return new IOException(
        "the answer of " + bytes.length + " bytes has " + what + " at byte " + at);
  }
}
