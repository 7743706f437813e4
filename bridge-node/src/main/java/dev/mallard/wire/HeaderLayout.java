package dev.mallard.wire;

import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;

/**
 * A bundle header ([OUT-3]): {@code source, destination, sequence, epoch, blockNumber: i64;
 * blockHash: 32 bytes; firstIndex, lastIndex: i64; accBefore, accAfter: 32 bytes}.
 */
final class HeaderLayout {
  static final int BYTES = 7 * Long.BYTES + 3 * Hash32.HASH_BYTES;

  private HeaderLayout() {}

  static void write(BundleHeader header, WireWriter out) {
    out.stream(header.stream());
    out.i64(header.sequence());
    out.epoch(header.epoch());
    out.i64(header.blockNumber());
    out.hash(header.blockHash());
    out.i64(header.firstIndex());
    out.i64(header.lastIndex());
    out.hash(header.accBefore());
    out.hash(header.accAfter());
  }

  static BundleHeader read(WireReader in) throws MalformedException {
    StreamId stream = in.stream();
    long sequence = in.atLeast("sequence", 1);
    Epoch epoch = in.epoch();
    long blockNumber = in.atLeast("block number", 0);
    Hash32 blockHash = in.hash();
    long firstIndex = in.atLeast("first index", 1);
    long lastIndex = in.atLeast("last index", firstIndex);
    return new BundleHeader(
        stream,
        sequence,
        epoch,
        blockNumber,
        blockHash,
        firstIndex,
        lastIndex,
        in.hash(),
        in.hash());
  }
}
