package dev.mallard.bundle;

import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.chain.Keccak256;
import dev.mallard.stake.Hash32;
import java.nio.ByteBuffer;

/**
 * What an attestation signs of a bundle beyond count and accumulator ([CERT-1]): keccak256 over the
 * header's fields in this order, numbers as 8 bytes big-endian: source, destination, sequence,
 * epoch, block number, block hash (32), first index, last index, accumulator before (32),
 * accumulator after (32). Contracts pass it through unseen.
 */
public final class BundleHeaderHash {
  private static final int NUMBERS = 7;
  private static final int HASHES = 3;
  private static final int LAYOUT_BYTES = NUMBERS * Long.BYTES + HASHES * Hash32.HASH_BYTES;

  private BundleHeaderHash() {}

  /** Equal for equal headers only. */
  public static Hash32 of(BundleHeader header) {
    ByteBuffer layout = ByteBuffer.allocate(LAYOUT_BYTES);
    layout.putLong(header.stream().source().value());
    layout.putLong(header.stream().destination().value());
    layout.putLong(header.sequence());
    layout.putLong(header.epoch().number());
    layout.putLong(header.blockNumber());
    layout.put(header.blockHash().toBytes());
    layout.putLong(header.firstIndex());
    layout.putLong(header.lastIndex());
    layout.put(header.accBefore().toBytes());
    layout.put(header.accAfter().toBytes());
    return Keccak256.hash(layout.array());
  }
}
