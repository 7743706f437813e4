package dev.mallard.bundle;

import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.stake.Hash32;
import java.nio.ByteBuffer;

/**
 * keccak256 over all fields of a header in their order, integers as 8 bytes big-endian.
 * Attestations bind it, so that numbers and boundaries of bundles are certified with their entries
 * ([CERT-1]); contracts never compute it.
 */
public final class BundleHeaderHash {
  private static final int BYTES = 7 * Long.BYTES + 3 * 32;

  private BundleHeaderHash() {}

  /** The hash of a header. */
  public static Hash32 of(BundleHeader header) {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    buffer.putLong(header.stream().source().value());
    buffer.putLong(header.stream().destination().value());
    buffer.putLong(header.sequence());
    buffer.putLong(header.epoch().number());
    buffer.putLong(header.blockNumber());
    buffer.put(header.blockHash().toBytes());
    buffer.putLong(header.firstIndex());
    buffer.putLong(header.lastIndex());
    buffer.put(header.accBefore().toBytes());
    buffer.put(header.accAfter().toBytes());
    return KeccakAccumulator.keccak(buffer.array());
  }
}
