package dev.mallard.replica;

import dev.mallard.bundle.BuiltBundle;
import dev.mallard.bundle.BundleBuilder;
import dev.mallard.certify.Attestations;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxRead;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * From proved readings of the Outbox to bundles, and what has to be durable before they are
 * attested: cursor, bundle and high-water mark in one batch ([CERT-1]). On the stream's loop, but
 * for {@link #hasRoom} and {@link #onHandedOver}.
 */
final class BundleIntake {
  /**
   * A cursor over blocks without entries is written down this often, so that a restart does not
   * read them all again.
   */
  private static final int IDLE_CURSOR_BLOCKS = 256;

  /** A commit of more bundles is split; the store takes several times as much. */
  static final long COMMIT_BYTES_MAX = 8L << 20;

  /** Readings that the follower may have handed over and the loop not yet built. */
  private static final int HANDED_OVER_MAX = 4;

  private final StreamId stream;
  private final BundleBuilder builder;
  private final int windowBundles;
  private final AtomicInteger handedOver = new AtomicInteger();
  private Hash32 acc;
  private long durableBlock;
  private volatile long lastSequence;
  private volatile long count;
  private volatile long readBlock;

  BundleIntake(
      StreamId stream, BundleBuilder builder, int windowBundles, RecoveredSource recovered) {
    this.stream = stream;
    this.builder = builder;
    this.windowBundles = windowBundles;
    this.lastSequence = recovered.lastSequence();
    this.acc = recovered.cursor().map(OutboxCursor::acc).orElse(Hash32.ZERO);
    this.count = recovered.cursor().map(OutboxCursor::count).orElse(0L);
    this.readBlock = recovered.cursor().map(c -> c.block().number()).orElse(0L);
    this.durableBlock = readBlock;
  }

  /**
   * What one reading gave.
   *
   * @param commits to be made durable in this order; empty when nothing has to be
   */
  record Built(List<BuiltBundle> bundles, List<Durable> commits) {}

  /**
   * One commit.
   *
   * @param bundles that may be signed once it is durable
   */
  record Durable(List<StoreWrite> writes, List<BuiltBundle> bundles) {}

  /**
   * Whether the follower may read on: bundles not yet quacked stay within the window ([SEND-2]).
   */
  boolean hasRoom(long quacked) {
    return lastSequence - quacked < windowBundles && handedOver.get() < HANDED_OVER_MAX;
  }

  void onHandedOver() {
    handedOver.incrementAndGet();
  }

  /** Whether the follower pauses because of what it handed over, and not because of the window. */
  boolean isFullOfReadings() {
    return handedOver.get() >= HANDED_OVER_MAX;
  }

  Built build(OutboxRead.Progress progress) {
    handedOver.decrementAndGet();
    List<BuiltBundle> bundles = builder.build(lastSequence, acc, progress.blocks());
    OutboxCursor next = progress.next();
    if (!bundles.isEmpty()) {
      lastSequence = bundles.getLast().header().sequence();
    }
    if (!bundles.isEmpty() && !bundles.getLast().header().accAfter().equals(next.acc())) {
      throw new IllegalStateException(
          "bundles of "
              + stream
              + " lead to another accumulator than the Outbox at "
              + next.block());
    }
    if (!bundles.isEmpty()) {
      lastSequence = bundles.getLast().header().sequence();
    }
    acc = next.acc();
    count = next.count();
    readBlock = next.block().number();
    return new Built(bundles, commits(bundles, next));
  }

  /**
   * The cursor moves with the last bundles only: after a crash in between the same blocks give the
   * same bundles again. Split, because a busy chain's reading may be more than one commit takes.
   */
  private List<Durable> commits(List<BuiltBundle> bundles, OutboxCursor next) {
    List<Durable> commits = new ArrayList<>();
    List<StoreWrite> writes = new ArrayList<>();
    List<BuiltBundle> written = new ArrayList<>();
    long bytes = 0;
    for (BuiltBundle bundle : bundles) {
      long bundleBytes = bundle.body().sizeBytes();
      if (!written.isEmpty() && bytes + bundleBytes > COMMIT_BYTES_MAX) {
        commits.add(new Durable(List.copyOf(writes), List.copyOf(written)));
        writes.clear();
        written.clear();
        bytes = 0;
      }
      writes.add(new StoreWrite.Outbound(bundle.header(), bundle.body()));
      writes.add(new StoreWrite.HighWater(Attestations.of(bundle.header())));
      written.add(bundle);
      bytes += bundleBytes;
    }
    if (!bundles.isEmpty() || next.block().number() - durableBlock >= IDLE_CURSOR_BLOCKS) {
      writes.add(new StoreWrite.Cursor(stream, next, lastSequence));
      durableBlock = next.block().number();
    }
    if (!writes.isEmpty()) {
      commits.add(new Durable(writes, written));
    }
    return commits;
  }

  long lastSequence() {
    return lastSequence;
  }

  /** Entries read so far. */
  long count() {
    return count;
  }

  /** The finalized block up to which the Outbox was read. */
  long readBlock() {
    return readBlock;
  }
}
