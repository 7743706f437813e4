package dev.mallard.chain;

import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.math.BigInteger;
import org.apache.tuweni.bytes.Bytes;
import org.bouncycastle.crypto.digests.KeccakDigest;

/**
 * [OUT-1] as the EVM contracts compute it: {@code entryHash = keccak256(abi.encode(source,
 * destination, index, sender, recipient, gasLimit, flags, deadline, fee, keccak256(payload)))},
 * {@code acc_i = keccak256(acc_(i-1) ‖ entryHash)}.
 */
public final class KeccakAccumulator implements Accumulator {
  private static final int WORD_BYTES = 32;
  private static final int WORDS = 10;

  @Override
  public Hash32 extend(StreamId stream, Hash32 acc, OutboxEntry entry) {
    byte[] pair = new byte[2 * WORD_BYTES];
    acc.copyTo(pair, 0);
    entryHash(stream, entry).copyTo(pair, WORD_BYTES);
    return keccak(pair);
  }

  /** The hash of one entry within its stream. */
  public Hash32 entryHash(StreamId stream, OutboxEntry entry) {
    byte[] words = new byte[WORDS * WORD_BYTES];
    putLong(words, 0, stream.source().value());
    putLong(words, 1, stream.destination().value());
    putLong(words, 2, entry.index());
    putBytes(words, 3, entry.sender());
    putBytes(words, 4, entry.recipient());
    putLong(words, 5, entry.gasLimit());
    putLong(words, 6, entry.flags());
    putLong(words, 7, entry.deadlineSeconds());
    putUnsigned(words, 8, entry.fee());
    keccak(entry.payload().toArrayUnsafe()).copyTo(words, 9 * WORD_BYTES);
    return keccak(words);
  }

  /** keccak256 of bytes. */
  public static Hash32 keccak(byte[] bytes) {
    KeccakDigest digest = new KeccakDigest(256);
    digest.update(bytes, 0, bytes.length);
    byte[] hash = new byte[WORD_BYTES];
    digest.doFinal(hash, 0);
    return Hash32.of(hash);
  }

  private static void putLong(byte[] words, int word, long value) {
    int end = (word + 1) * WORD_BYTES;
    for (int i = 1; i <= Long.BYTES; i++) {
      words[end - i] = (byte) (value >>> (8 * (i - 1)));
    }
  }

  private static void putBytes(byte[] words, int word, Bytes value) {
    byte[] bytes = value.toArrayUnsafe();
    if (bytes.length > WORD_BYTES) {
      throw new IllegalArgumentException("an account of " + bytes.length + " bytes");
    }
    System.arraycopy(bytes, 0, words, (word + 1) * WORD_BYTES - bytes.length, bytes.length);
  }

  private static void putUnsigned(byte[] words, int word, BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > 8 * WORD_BYTES) {
      throw new IllegalArgumentException(value + " is no 256-bit number");
    }
    byte[] bytes = value.toByteArray();
    int length = Math.min(bytes.length, WORD_BYTES);
    System.arraycopy(bytes, bytes.length - length, words, (word + 1) * WORD_BYTES - length, length);
  }
}
