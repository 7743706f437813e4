package dev.mallard.bundle;

import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.chain.Accumulator;
import dev.mallard.chain.BlockEntries;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;

/**
 * Cuts the entries of finalized blocks into bundles ([OUT-3]): a pure function of the chain and of
 * the limits. No bundle spans two blocks, so it does not matter how many blocks were read at a
 * time, and all correct replicas build the same.
 */
public final class BundleBuilder {
  private final StreamId stream;
  private final Accumulator accumulator;
  private final BundleLimits limits;

  /** For one stream. */
  public BundleBuilder(StreamId stream, Accumulator accumulator, BundleLimits limits) {
    this.stream = stream;
    this.accumulator = accumulator;
    this.limits = limits;
  }

  /**
   * The bundles of blocks that follow the cursor.
   *
   * @param lastSequence number of the last bundle built up to {@code before}; 0 for none
   * @param before where the entries of {@code blocks} go on; only its count and accumulator matter
   * @throws IllegalArgumentException if the entries do not follow each other, which the connector
   *     has excluded ([OUT-2])
   */
  public List<BuiltBundle> build(
      Epoch epoch, long lastSequence, OutboxCursor before, List<BlockEntries> blocks) {
    List<BuiltBundle> built = new ArrayList<>();
    Place place = new Place(lastSequence, before.count(), before.acc());
    for (BlockEntries block : blocks) {
      place = buildBlock(epoch, place, block, built);
    }
    return List.copyOf(built);
  }

  private Place buildBlock(Epoch epoch, Place before, BlockEntries block, List<BuiltBundle> built) {
    Place place = before;
    int from = 0;
    Cut cut = new Cut(limits);
    for (int i = 0; i < block.entries().size(); i++) {
      OutboxEntry entry = block.entries().get(i);
      Bytes encoded = EntriesCodec.encode(entry);
      if (!cut.isRoomFor(entry, encoded)) {
        place = close(epoch, place, block, from, i, cut, built);
        from = i;
        cut = new Cut(limits);
      }
      cut.add(entry, encoded);
    }
    return close(epoch, place, block, from, block.entries().size(), cut, built);
  }

  private Place close(
      Epoch epoch,
      Place before,
      BlockEntries block,
      int from,
      int to,
      Cut cut,
      List<BuiltBundle> built) {
    List<OutboxEntry> entries = block.entries().subList(from, to);
    Place after =
        new Place(before.sequence + 1, before.count + entries.size(), extend(before, entries));
    BundleHeader header =
        new BundleHeader(
            stream,
            after.sequence,
            epoch,
            block.block().ref().number(),
            block.block().ref().hash(),
            before.count + 1,
            after.count,
            before.acc,
            after.acc);
    EncodedEntries body = EntriesCodec.join(cut.encoded);
    built.add(
        new BuiltBundle(
            header, body, block.block(), entries, block.transactions().subList(from, to)));
    return after;
  }

  private Hash32 extend(Place before, List<OutboxEntry> entries) {
    Hash32 acc = before.acc;
    long index = before.count;
    for (OutboxEntry entry : entries) {
      index++;
      if (entry.index() != index) {
        throw new IllegalArgumentException(
            "entry %d of %s where %d must follow".formatted(entry.index(), stream, index));
      }
      acc = accumulator.extend(stream, acc, entry);
    }
    return acc;
  }

  /** Where the stream stands between two bundles. */
  private record Place(long sequence, long count, Hash32 acc) {}

  /** The bundle being filled. */
  private static final class Cut {
    private final BundleLimits limits;
    private final List<Bytes> encoded = new ArrayList<>();
    private long bytes;
    private long gas;

    Cut(BundleLimits limits) {
      this.limits = limits;
    }

    boolean isRoomFor(OutboxEntry entry, Bytes entryEncoded) {
      return encoded.isEmpty()
          || (encoded.size() < limits.entriesMax()
              && bytes + entryEncoded.size() <= limits.bytesMax()
              && gas + BundleLimits.gasOf(entry) <= limits.gasMax());
    }

    void add(OutboxEntry entry, Bytes entryEncoded) {
      encoded.add(entryEncoded);
      bytes += entryEncoded.size();
      gas += BundleLimits.gasOf(entry);
    }
  }
}
