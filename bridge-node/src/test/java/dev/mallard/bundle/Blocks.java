package dev.mallard.bundle;

import dev.mallard.chain.BlockEntries;
import dev.mallard.chain.BlockHead;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StreamId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;

/** Finalized blocks of a made-up chain, and bundles of them, for tests. */
public final class Blocks {
  public static final StreamId STREAM = new StreamId(new RsmId(31337), new RsmId(31338));

  private Blocks() {}

  public static OutboxEntry entry(long index, int payloadBytes, long gasLimit) {
    return new OutboxEntry(
        index,
        account(0xa0),
        account(0xb0),
        gasLimit,
        OutboxEntry.RECEIPT,
        index % 2 == 0 ? 0 : -1, // the largest deadline there is
        BigInteger.valueOf(index * 1000),
        Bytes.repeat((byte) index, payloadBytes));
  }

  private static Bytes account(int first) {
    byte[] account = new byte[20];
    account[0] = (byte) first;
    return Bytes.wrap(account);
  }

  public static Hash32 hash(long number) {
    return Hash32.fromHex(String.format(java.util.Locale.ROOT, "0x%064x", number));
  }

  /** Block {@code number} with these entries. */
  public static BlockEntries block(long number, List<OutboxEntry> entries) {
    BlockHead head =
        new BlockHead(new BlockRef(number, hash(number)), hash(number - 1), 1_000 + number);
    List<Hash32> transactions = entries.stream().map(e -> hash(10_000 + e.index())).toList();
    return new BlockEntries(head, entries, transactions);
  }

  /** One small entry a block from entry 1 on: {@code count} bundles. */
  public static List<BuiltBundle> bundles(int count) {
    List<BlockEntries> blocks = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      blocks.add(block(100 + i, List.of(entry(i, 8, 50_000))));
    }
    return builder(BundleLimits.V1).build(0, Hash32.ZERO, blocks);
  }

  /** A single bundle of several entries in one block. */
  public static BuiltBundle bundleOf(int entries) {
    List<OutboxEntry> all = new ArrayList<>();
    for (int i = 1; i <= entries; i++) {
      all.add(entry(i, 8, 50_000));
    }
    return builder(BundleLimits.V1).build(0, Hash32.ZERO, List.of(block(100, all))).getFirst();
  }

  public static BundleBuilder builder(BundleLimits limits) {
    return new BundleBuilder(STREAM, Epoch.FIRST, limits, new KeccakAccumulator());
  }
}
