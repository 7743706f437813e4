package dev.mallard.chain;

import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import org.apache.tuweni.bytes.Bytes;

/**
 * The accumulator of the Outbox contract ([OUT-1]): {@code acc_i = keccak256(acc_(i-1) ‖
 * entryHash_i)}, {@code acc_0 = 0}, with {@code entryHash = keccak256(abi.encode(source,
 * destination, index, sender, recipient, gasLimit, flags, deadline, fee, keccak256(payload)))}.
 */
public final class KeccakAccumulator implements Accumulator {
  /**
   * Accounts on EVM chains. Longer or shorter ones would share an encoding with others, so there
   * are none.
   */
  public static final int ACCOUNT_BYTES = 20;

  private static final int ENTRY_WORDS = 10;

  /**
   * One entry's place in the chain.
   *
   * @throws IllegalArgumentException if a field has no encoding: an account of another length, a
   *     negative number
   */
  @Override
  public Hash32 extend(StreamId stream, Hash32 acc, OutboxEntry entry) {
    return Keccak256.hash(acc.toBytes(), entryHash(stream, entry).toBytes());
  }

  /** The hash of one entry: ten words, the payload by its own hash. */
  public static Hash32 entryHash(StreamId stream, OutboxEntry entry) {
    return new AbiWords(ENTRY_WORDS)
        .add(stream.source().value())
        .add(stream.destination().value())
        .add(entry.index())
        .addRight(account(entry.sender()))
        .addRight(account(entry.recipient()))
        .add(entry.gasLimit())
        .add(entry.flags())
        .add(entry.deadlineSeconds())
        .add(entry.fee())
        .add(Keccak256.hash(entry.payload().toArrayUnsafe()))
        .keccak256();
  }

  private static byte[] account(Bytes account) {
    if (account.size() != ACCOUNT_BYTES) {
      throw new IllegalArgumentException(
          "an account of " + account.size() + " bytes, not " + ACCOUNT_BYTES);
    }
    return account.toArrayUnsafe();
  }
}
