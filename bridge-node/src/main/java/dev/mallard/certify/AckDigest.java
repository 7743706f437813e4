package dev.mallard.certify;

import dev.mallard.chain.AbiWords;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StreamId;

/**
 * What is signed for an acknowledgement ([ACK-1]): EIP-712 with the source's chain id, where a
 * quack certificate may be shown ([QUACK-2]). Any thread.
 */
public final class AckDigest {
  private static final Hash32 TYPE =
      Eip712Domain.hash("Ack(uint64 source,uint64 destination,uint64 epoch,uint64 cumulative)");
  private static final int WORDS = 5;

  private final Eip712Domain domain;

  /** For acks of streams that come from {@code source}. */
  public AckDigest(RsmId source) {
    this.domain = Eip712Domain.of(source);
  }

  /**
   * The 32 bytes to sign.
   *
   * @param epoch of the destination's stake table
   */
  public Hash32 of(StreamId stream, Epoch epoch, long cumulative) {
    return domain.digest(
        new AbiWords(WORDS)
            .add(TYPE)
            .add(stream.source().value())
            .add(stream.destination().value())
            .add(epoch.number())
            .add(cumulative)
            .keccak256());
  }

  /** The 32 bytes that a received ack must be signed for. */
  public Hash32 of(SignedAck ack) {
    return of(ack.stream(), ack.epoch(), ack.cumulative());
  }
}
