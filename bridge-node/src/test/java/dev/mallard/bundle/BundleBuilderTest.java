package dev.mallard.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.chain.BlockEntries;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.evm.InboxGas;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BundleBuilderTest {
  private static final BundleLimits SMALL = new BundleLimits(5, 300, 2_000_000);

  record Shape(int payloadBytes, long gasLimit) {}

  @Provide
  Arbitrary<List<List<Shape>>> chains() {
    Arbitrary<Shape> entry =
        Combinators.combine(
                Arbitraries.integers().between(0, 400), Arbitraries.longs().between(0, 3_000_000))
            .as(Shape::new);
    return entry.list().ofMinSize(1).ofMaxSize(12).list().ofMinSize(1).ofMaxSize(8);
  }

  private static List<BlockEntries> blocks(List<List<Shape>> chain) {
    List<BlockEntries> blocks = new ArrayList<>();
    long index = 0;
    for (List<Shape> shapes : chain) {
      List<OutboxEntry> entries = new ArrayList<>();
      for (Shape shape : shapes) {
        entries.add(Blocks.entry(++index, shape.payloadBytes, shape.gasLimit));
      }
      blocks.add(Blocks.block(100 + 3L * blocks.size(), entries));
    }
    return blocks;
  }

  @Property(tries = 200)
  @net.jqwik.api.Tag("OUT-3")
  void howTheReadingWasSplitDoesNotMatter(
      @ForAll("chains") List<List<Shape>> chain, @ForAll @Size(8) List<Boolean> splitAfter) {
    List<BlockEntries> blocks = blocks(chain);
    List<BuiltBundle> atOnce = Blocks.builder(SMALL).build(0, Hash32.ZERO, blocks);

    List<BuiltBundle> inParts = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= blocks.size(); to++) {
      if (to == blocks.size() || splitAfter.get(to - 1)) {
        Hash32 acc = inParts.isEmpty() ? Hash32.ZERO : inParts.getLast().header().accAfter();
        inParts.addAll(Blocks.builder(SMALL).build(inParts.size(), acc, blocks.subList(from, to)));
        from = to;
      }
    }
    assertEquals(atOnce, inParts);
  }

  @Property(tries = 200)
  @net.jqwik.api.Tag("OUT-3")
  void bundlesFollowEachOtherWithinBlocksAndLimits(@ForAll("chains") List<List<Shape>> chain) {
    List<BlockEntries> blocks = blocks(chain);
    List<BuiltBundle> bundles = Blocks.builder(SMALL).build(0, Hash32.ZERO, blocks);
    BundleHeader before = null;
    for (BuiltBundle bundle : bundles) {
      BundleHeader header = bundle.header();
      assertEquals(before == null ? 1 : before.sequence() + 1, header.sequence());
      assertEquals(before == null ? 1 : before.lastIndex() + 1, header.firstIndex());
      assertEquals(before == null ? Hash32.ZERO : before.accAfter(), header.accBefore());
      assertEquals(bundle.entries().size(), header.entryCount());
      assertTrue(bundle.entries().size() == 1 || isWithin(SMALL, bundle.entries()));
      assertEquals(
          bundle.entries(),
          EntriesCodec.decode(bundle.body().encoded(), header.firstIndex(), header.entryCount())
              .orElseThrow());
      before = header;
    }
    assertEquals(chain.stream().mapToInt(List::size).sum(), bundles.getLast().header().lastIndex());
  }

  private static boolean isWithin(BundleLimits limits, List<OutboxEntry> entries) {
    return entries.size() <= limits.entriesMax()
        && entries.stream().mapToInt(e -> e.payload().size()).sum() <= limits.payloadBytesMax()
        && entries.stream().mapToLong(BundleLimits::gasOf).sum() <= limits.gasMax();
  }

  @Test
  @Tag("OUT-3")
  @Tag("DLV-1")
  void entriesThatAskForMuchGasAreCutSoThatEachBundleFitsOneTransaction() {
    List<OutboxEntry> greedy =
        IntStream.rangeClosed(1, 64).mapToObj(i -> Blocks.entry(i, 8, 3_000_000)).toList();
    List<BuiltBundle> bundles =
        Blocks.builder(BundleLimits.V1).build(0, Hash32.ZERO, List.of(Blocks.block(7, greedy)));
    assertEquals(32, bundles.size());
    bundles.forEach(b -> assertTrue(isWithin(BundleLimits.V1, b.entries())));
  }

  @Property(tries = 100)
  @net.jqwik.api.Tag("DLV-1")
  void theGasOfAnEntryIsNeverBelowWhatTheConnectorGivesIt(
      @ForAll @IntRange(max = 8192) int payloadBytes,
      @ForAll @IntRange(max = 3_000_000) int gasLimit) {
    OutboxEntry entry = Blocks.entry(1, payloadBytes, gasLimit);
    InboxGas model = new InboxGas();
    long given =
        model.gasLimit(delivery(List.of(entry, entry))) - model.gasLimit(delivery(List.of(entry)));
    assertTrue(BundleLimits.gasOf(entry) >= given, given + " > " + BundleLimits.gasOf(entry));
  }

  private static Delivery delivery(List<OutboxEntry> entries) {
    return new Delivery(
        Blocks.STREAM,
        entries,
        Epoch.FIRST,
        1,
        Hash32.ZERO,
        Bytes.EMPTY,
        Bytes.EMPTY,
        BridgeAddress.ZERO);
  }

  @Test
  @Tag("CERT-1")
  void anyChangedFieldOfAHeaderChangesItsHash() {
    BundleHeader h = Blocks.bundleOf(3).header();
    Hash32 hash = BundleHeaderHash.of(h);
    List<BundleHeader> others =
        List.of(
            new BundleHeader(
                h.stream().reverse(),
                1,
                h.epoch(),
                100,
                h.blockHash(),
                1,
                3,
                h.accBefore(),
                h.accAfter()),
            new BundleHeader(
                h.stream(), 2, h.epoch(), 100, h.blockHash(), 1, 3, h.accBefore(), h.accAfter()),
            new BundleHeader(
                h.stream(),
                1,
                h.epoch().next(),
                100,
                h.blockHash(),
                1,
                3,
                h.accBefore(),
                h.accAfter()),
            new BundleHeader(
                h.stream(), 1, h.epoch(), 101, h.blockHash(), 1, 3, h.accBefore(), h.accAfter()),
            new BundleHeader(
                h.stream(), 1, h.epoch(), 100, Hash32.ZERO, 1, 3, h.accBefore(), h.accAfter()),
            new BundleHeader(
                h.stream(), 1, h.epoch(), 100, h.blockHash(), 2, 3, h.accBefore(), h.accAfter()),
            new BundleHeader(
                h.stream(), 1, h.epoch(), 100, h.blockHash(), 1, 4, h.accBefore(), h.accAfter()),
            new BundleHeader(
                h.stream(), 1, h.epoch(), 100, h.blockHash(), 1, 3, h.accAfter(), h.accAfter()),
            new BundleHeader(
                h.stream(), 1, h.epoch(), 100, h.blockHash(), 1, 3, h.accBefore(), h.accBefore()));
    assertEquals(
        others.size(),
        others.stream().map(BundleHeaderHash::of).filter(o -> !o.equals(hash)).distinct().count());
  }
}
