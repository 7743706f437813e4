package dev.mallard.certify;

import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StreamId;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What a destination replica signs under a cumulative ack: EIP-712, bound to the source's chain id
 * ([ACK-1]).
 */
public final class AckDigest {
  private static final Hash32 DOMAIN_TYPE =
      TypedData.hash("EIP712Domain(string name,string version,uint256 chainId)");
  private static final Hash32 TYPE =
      TypedData.hash("Ack(uint64 source,uint64 destination,uint64 epoch,uint64 cumulative)");

  /** A power of two; replicas acknowledge the same numbers, one soon after the other. */
  private static final int REMEMBERED = 64;

  private record Digested(StreamId stream, Epoch epoch, long cumulative, Hash32 digest) {
    boolean isOf(StreamId other, Epoch otherEpoch, long otherCumulative) {
      return cumulative == otherCumulative && epoch.equals(otherEpoch) && stream.equals(other);
    }
  }

  private final Hash32 domain;
  private final AtomicReferenceArray<@Nullable Digested> remembered =
      new AtomicReferenceArray<>(REMEMBERED);

  /** For streams of one source. */
  public AckDigest(RsmId source) {
    domain =
        TypedData.hash(
            DOMAIN_TYPE.toBytes(),
            TypedData.hash("Mallard").toBytes(),
            TypedData.hash("1").toBytes(),
            TypedData.word(source.value()));
  }

  /** The 32 bytes that are signed. Any thread. */
  public Hash32 of(StreamId stream, Epoch epoch, long cumulative) {
    int slot = (int) cumulative & (REMEMBERED - 1);
    Digested known = remembered.get(slot);
    if (known == null || !known.isOf(stream, epoch, cumulative)) {
      known = new Digested(stream, epoch, cumulative, hash(stream, epoch, cumulative));
      remembered.set(slot, known);
    }
    return known.digest();
  }

  private Hash32 hash(StreamId stream, Epoch epoch, long cumulative) {
    return TypedData.digest(
        domain,
        TypedData.hash(
            TYPE.toBytes(),
            TypedData.word(stream.source().value()),
            TypedData.word(stream.destination().value()),
            TypedData.word(epoch.number()),
            TypedData.word(cumulative)));
  }
}
