package dev.mallard.certify;

import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The little of EIP-712 that fixed structs need. */
final class TypedData {
  private static final int WORD_BYTES = 32;

  private TypedData() {}

  static Hash32 hash(String text) {
    return KeccakAccumulator.keccak(text.getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] word(long value) {
    return ByteBuffer.allocate(WORD_BYTES).putLong(WORD_BYTES - Long.BYTES, value).array();
  }

  static byte[] word(BridgeAddress address) {
    byte[] word = new byte[WORD_BYTES];
    address.copyTo(word, WORD_BYTES - BridgeAddress.ADDRESS_BYTES);
    return word;
  }

  /** keccak256 over words laid end to end. */
  static Hash32 hash(byte[]... words) {
    ByteBuffer buffer = ByteBuffer.allocate(words.length * WORD_BYTES);
    for (byte[] word : words) {
      buffer.put(word);
    }
    return KeccakAccumulator.keccak(buffer.array());
  }

  /** What is signed: 0x1901, the domain, the struct. */
  static Hash32 digest(Hash32 domain, Hash32 struct) {
    ByteBuffer buffer = ByteBuffer.allocate(2 + 2 * WORD_BYTES);
    buffer.put((byte) 0x19).put((byte) 0x01).put(domain.toBytes()).put(struct.toBytes());
    return KeccakAccumulator.keccak(buffer.array());
  }
}
