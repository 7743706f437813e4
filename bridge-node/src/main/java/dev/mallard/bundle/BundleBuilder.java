package dev.mallard.bundle;

import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.chain.Accumulator;
import dev.mallard.chain.BlockEntries;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts finalized entries into bundles: one a block, more where a limit is reached ([OUT-3]). A pure
 * function of the chain, so that all correct replicas build the same, however their reading was
 * split.
 */
public final class BundleBuilder {
  private final StreamId stream;
  private final Epoch epoch;
  private final BundleLimits limits;
  private final Accumulator accumulator;

  /** A builder for one stream. */
  public BundleBuilder(StreamId stream, Epoch epoch, BundleLimits limits, Accumulator accumulator) {
    this.stream = stream;
    this.epoch = epoch;
    this.limits = limits;
    this.accumulator = accumulator;
  }

  /**
   * Builds what follows.
   *
   * @param lastSequence number of the last bundle built, 0 for none
   * @param acc the accumulator after it
   */
  public List<BuiltBundle> build(long lastSequence, Hash32 acc, List<BlockEntries> blocks) {
    List<BuiltBundle> bundles = new ArrayList<>();
    Hash32 before = acc;
    for (BlockEntries block : blocks) {
      int from = 0;
      while (from < block.entries().size()) {
        int to = cut(block.entries(), from);
        BuiltBundle bundle = bundle(lastSequence + bundles.size() + 1, before, block, from, to);
        before = bundle.header().accAfter();
        bundles.add(bundle);
        from = to;
      }
    }
    return bundles;
  }

  private int cut(List<OutboxEntry> entries, int from) {
    long bytes = 0;
    long gas = 0;
    int to = from;
    while (to < entries.size() && to - from < limits.entriesMax()) {
      bytes += entries.get(to).payload().size();
      gas += BundleLimits.gasOf(entries.get(to));
      if ((bytes > limits.payloadBytesMax() || gas > limits.gasMax()) && to > from) {
        break;
      }
      to++;
    }
    return to;
  }

  private BuiltBundle bundle(long sequence, Hash32 before, BlockEntries block, int from, int to) {
    List<OutboxEntry> entries = block.entries().subList(from, to);
    Hash32 after = before;
    for (OutboxEntry entry : entries) {
      after = accumulator.extend(stream, after, entry);
    }
    BundleHeader header =
        new BundleHeader(
            stream,
            sequence,
            epoch,
            block.block().ref().number(),
            block.block().ref().hash(),
            entries.getFirst().index(),
            entries.getLast().index(),
            before,
            after);
    return new BuiltBundle(
        header,
        EntriesCodec.encode(entries),
        block.block(),
        entries,
        block.transactions().subList(from, to));
  }
}
