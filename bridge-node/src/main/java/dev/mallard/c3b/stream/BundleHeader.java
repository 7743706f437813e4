package dev.mallard.c3b.stream;

import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;

/**
 * Everything of a bundle but its entries ([OUT-3]). The certificate signs {@code lastIndex}, {@code
 * accAfter} and the hash of this whole header, so no field can be changed by whoever carries it.
 *
 * @param sequence the bundle's C3B sequence number: 1, 2, 3 …
 * @param epoch of the source's stake table that certifies it
 * @param blockNumber the finalized source block that holds the entries
 * @param firstIndex index of its first entry
 * @param lastIndex index of its last entry, the stream's count after it
 * @param accBefore the accumulator before its first entry
 * @param accAfter the accumulator after its last entry
 */
public record BundleHeader(
    StreamId stream,
    long sequence,
    Epoch epoch,
    long blockNumber,
    Hash32 blockHash,
    long firstIndex,
    long lastIndex,
    Hash32 accBefore,
    Hash32 accAfter) {
  public BundleHeader {
    if (sequence < 1 || blockNumber < 0 || firstIndex < 1 || lastIndex < firstIndex) {
      throw new IllegalArgumentException(
          String.format(
              java.util.Locale.ROOT,
              "bundle %d of block %d with entries %d..%d is impossible",
              sequence,
              blockNumber,
              firstIndex,
              lastIndex));
    }
  }

  /** How many entries it holds, at least 1. */
  public long entryCount() {
    return lastIndex - firstIndex + 1;
  }
}
