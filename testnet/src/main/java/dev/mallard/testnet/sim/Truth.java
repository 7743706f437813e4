package dev.mallard.testnet.sim;

import dev.mallard.bundle.BuiltBundle;
import dev.mallard.bundle.BundleBuilder;
import dev.mallard.bundle.BundleLimits;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.certify.Attestation;
import dev.mallard.certify.Attestations;
import dev.mallard.chain.Accumulator;
import dev.mallard.chain.BlockEntries;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the source of a stream has transmitted: the bundles of its finalized chain ([OUT-3]). */
public final class Truth {
  private final BundleBuilder builder;
  private final StreamId stream;
  private final List<BuiltBundle> bundles = new ArrayList<>();
  private final List<Long> finalizedAt = new ArrayList<>();
  private final List<Attestation> attestations = new ArrayList<>();
  private Hash32 acc = Hash32.ZERO;
  private int blocksSeen;

  Truth(StreamId stream, StakeTable source, Accumulator accumulator) {
    this.stream = stream;
    this.builder = new BundleBuilder(stream, source.epoch(), BundleLimits.V1, accumulator);
  }

  /** Takes what the chain has finalized since the last look. */
  void onFinalized(List<BlockEntries> blocks, long now) {
    if (blocks.size() > blocksSeen) {
      List<BuiltBundle> built =
          builder.build(bundles.size(), acc, blocks.subList(blocksSeen, blocks.size()));
      bundles.addAll(built);
      built.forEach(bundle -> attestations.add(Attestations.of(bundle.header())));
      blocksSeen = blocks.size();
      while (finalizedAt.size() < bundles.size()) {
        finalizedAt.add(now);
      }
      if (!bundles.isEmpty()) {
        acc = bundles.getLast().header().accAfter();
      }
    }
  }

  /** Which stream. */
  public StreamId stream() {
    return stream;
  }

  /** When the chain finalized a bundle that is there. */
  long finalizedAt(long sequence) {
    return finalizedAt.get((int) sequence - 1);
  }

  /** Bundles so far. */
  public long count() {
    return bundles.size();
  }

  /** A bundle; null if there is none of that number. */
  public @Nullable BuiltBundle bundle(long sequence) {
    return sequence < 1 || sequence > bundles.size() ? null : bundles.get((int) sequence - 1);
  }

  /** What is attested of a bundle; null if there is none of that number. */
  public @Nullable Attestation attestation(long sequence) {
    return bundle(sequence) == null ? null : attestations.get((int) sequence - 1);
  }

  /** Whether this is the header of the bundle that was transmitted under its number. */
  public boolean isTrue(BundleHeader header) {
    BuiltBundle bundle = bundle(header.sequence());
    return bundle != null && bundle.header().equals(header);
  }

  /** Entries up to and including a bundle. */
  public long entriesUpTo(long sequence) {
    BuiltBundle bundle = bundle(sequence);
    return bundle == null ? 0 : bundle.header().lastIndex();
  }
}
