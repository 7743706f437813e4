package dev.mallard.store;

import dev.mallard.certify.Attestation;
import dev.mallard.stake.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns commits into one batch. Knows what each stream must never go back on, as of the commits
 * already in the batch; a commit that contradicts it is refused whole ([CERT-1]). Journal thread
 * only.
 */
final class JournalBatch implements AutoCloseable {
  /**
   * Records dropped one by one; a longer step becomes a range tombstone, which slows reads when
   * there are many.
   */
  private static final long POINT_DELETES_MAX = 2_048;

  /**
   * Attestations remembered behind the quack frontier, so that a block that is read again after a
   * crash may be attested again, word for word, and nothing else may.
   */
  static final long ATTESTED_BEHIND_MAX = 4_096;

  private final RecordStore store;
  private final StoreRecovery recovery;
  private final Set<StreamId> streams;
  private final long batchBytesKept;
  private final RecordWriter out;
  private RecordBatch batch;
  private final Map<StreamId, StreamMarks> marks = new HashMap<>();
  private final Map<StreamId, StreamMarks> marksInCommit = new HashMap<>();
  private final Map<BundleKey, Attestation> attestedInBatch = new HashMap<>();

  private final List<BundleKey> attestedInCommit = new ArrayList<>();

  private record BundleKey(StreamId stream, long sequence) {}

  JournalBatch(RecordStore store, StoreIdentity identity, StoreLimits limits) {
    this.store = store;
    this.recovery = new StoreRecovery(store);
    this.streams = Set.copyOf(identity.streams());
    this.batchBytesKept = limits.groupBytesMax();
    this.out = new RecordWriter(limits.commitBytesMax(), store::newBuffer);
    this.batch = store.newBatch();
  }

  /**
   * Adds all of a commit, or nothing of it.
   *
   * @throws ContradictionException if it contradicts what is durable or ahead of it in the batch
   * @throws IllegalArgumentException if the store cannot keep it
   */
  void add(List<StoreWrite> commit) throws StoreException {
    marksInCommit.clear();
    attestedInCommit.clear();
    batch.setSavePoint();
    boolean added = false;
    try {
      for (StoreWrite write : commit) {
        checkStream(write.stream());
        add(write);
      }
      added = true;
    } finally {
      settle(added);
    }
  }

  /** Bytes the batch has now. */
  long sizeBytes() {
    return batch.sizeBytes();
  }

  /** Makes everything added durable ([G-3]) and begins anew. */
  void write() throws StoreException {
    if (batch.count() > 0) {
      store.write(batch, /* sync= */ true);
    }
    clear();
  }

  /**
   * A cleared batch keeps its memory, and so does the writer: what one huge commit took goes back.
   */
  private void clear() {
    attestedInBatch.clear();
    if (batch.sizeBytes() > batchBytesKept) {
      batch.close();
      batch = store.newBatch();
      out.shrink();
    } else {
      batch.clear();
    }
  }

  private void settle(boolean added) throws StoreException {
    if (added) {
      batch.popSavePoint();
      marks.putAll(marksInCommit);
    } else {
      batch.rollbackToSavePoint();
      attestedInCommit.forEach(attestedInBatch::remove);
    }
  }

  private void checkStream(StreamId stream) {
    if (!streams.contains(stream)) {
      throw new IllegalArgumentException(
          "stream " + stream + " is not one of this store's " + streams);
    }
  }

  private void add(StoreWrite write) throws StoreException {
    StreamId stream = write.stream();
    switch (write) {
      case StoreWrite.Cursor cursor ->
          batch.put(Family.CURSOR, StoreKeys.stream(stream), StoreCodec.encode(out, cursor));
      case StoreWrite.Outbound own -> {
        long sequence = own.header().sequence();
        if (sequence > marks(stream).quacked()) {
          batch.put(
              Family.OUTBOUND, StoreKeys.numbered(stream, sequence), StoreCodec.encode(out, own));
        }
      }
      case StoreWrite.OutboundCertified own -> {
        long sequence = own.certificate().attestation().sequence();
        if (sequence > marks(stream).quacked()) {
          byte[] key = StoreKeys.numbered(stream, sequence);
          batch.put(Family.CERTIFICATE, key, StoreCodec.encode(out, own.certificate()));
        }
      }
      case StoreWrite.HighWater highWater -> addHighWater(highWater.attestation());
      case StoreWrite.QuackFrontier frontier -> addFrontier(frontier);
      case StoreWrite.Inbound inbound -> {
        long sequence = inbound.bundle().sequence();
        if (sequence > marks(stream).dropped()) {
          byte[] key = StoreKeys.numbered(stream, sequence);
          batch.put(Family.INBOUND, key, StoreCodec.encode(out, inbound.bundle()));
        }
      }
      case StoreWrite.InboundExecuted executed -> addExecuted(executed);
      case StoreWrite.InboundDropped dropped -> addDropped(dropped);
      case StoreWrite.Evidence evidence -> {
        byte[] key = StoreKeys.numbered(stream, evidence.replica());
        batch.put(Family.EVIDENCE, key, StoreCodec.encode(out, evidence));
      }
      case StoreWrite.Stakes stakes -> {
        byte[] key = StoreKeys.stakes(stakes.table().rsm(), stakes.table().epoch());
        batch.put(Family.STAKES, key, StakesCodec.encode(out, stakes.table()));
      }
    }
  }

  /**
   * The last line of defence of [CERT-1]: upwards always, downwards only for what was signed
   * before, word for word.
   */
  private void addHighWater(Attestation asked) throws StoreException {
    StreamId stream = asked.stream();
    StreamMarks now = marks(stream);
    Optional<Attestation> highest = now.highWater();
    if (highest.isPresent() && !isBeyond(asked, highest.get())) {
      checkSignedBefore(asked, highest.get());
      return;
    }
    batch.put(Family.HIGH_WATER, StoreKeys.stream(stream), StoreCodec.encode(out, asked));
    if (asked.sequence() > attestedDropped(now.quacked())) {
      byte[] key = StoreKeys.numbered(stream, asked.sequence());
      batch.put(Family.ATTESTED, key, StoreCodec.encode(out, asked));
      BundleKey bundle = new BundleKey(stream, asked.sequence());
      attestedInBatch.put(bundle, asked);
      attestedInCommit.add(bundle);
    }
    marksInCommit.put(stream, now.withHighWater(asked));
  }

  private static boolean isBeyond(Attestation asked, Attestation highest) {
    return asked.count() > highest.count()
        && asked.sequence() > highest.sequence()
        && asked.epoch().compareTo(highest.epoch()) >= 0;
  }

  private void checkSignedBefore(Attestation asked, Attestation highest) throws StoreException {
    if (asked.equals(highest)) {
      return;
    }
    BundleKey key = new BundleKey(asked.stream(), asked.sequence());
    Attestation inBatch = attestedInBatch.get(key);
    Optional<Attestation> signed =
        inBatch != null
            ? Optional.of(inBatch)
            : recovery.attested(asked.stream(), asked.sequence());
    if (!signed.equals(Optional.of(asked))) {
      throw new ContradictionException(
          String.format(
                  Locale.ROOT,
                  "store %s refuses to let stream %s sign %s: %s, and the high-water mark is %s. Never sign twice; the chain or its RPC",
                  store.name(),
                  asked.stream(),
                  asked,
                  signed.map(s -> "signed before was " + s).orElse("it was not signed before"),
                  highest)
              + " changed a finalized block, or two nodes share this store");
    }
  }

  private void addFrontier(StoreWrite.QuackFrontier frontier) throws StoreException {
    StreamId stream = frontier.stream();
    StreamMarks now = marks(stream);
    if (frontier.quacked() < now.quacked()) {
      return;
    }
    batch.put(Family.FRONTIER, StoreKeys.stream(stream), StoreCodec.encode(out, frontier));
    drop(Family.OUTBOUND, stream, now.quacked(), frontier.quacked());
    drop(Family.CERTIFICATE, stream, now.quacked(), frontier.quacked());
    drop(
        Family.ATTESTED,
        stream,
        attestedDropped(now.quacked()),
        attestedDropped(frontier.quacked()));
    marksInCommit.put(stream, now.withQuacked(frontier.quacked()));
  }

  private void addExecuted(StoreWrite.InboundExecuted executed) throws StoreException {
    StreamMarks now = marks(executed.stream());
    boolean isAhead =
        executed.sequence() > now.executedSequence() && executed.count() > now.executedCount();
    boolean isBehind =
        executed.sequence() <= now.executedSequence() && executed.count() <= now.executedCount();
    if (isAhead) {
      putExecuted(executed.stream(), now.withExecuted(executed.sequence(), executed.count()));
    } else if (!isBehind) {
      throw new ContradictionException(
          String.format(
              Locale.ROOT,
              "store %s: stream %s executed bundle %d with %d entries, which contradicts bundle %d with %d",
              store.name(),
              executed.stream(),
              executed.sequence(),
              executed.count(),
              now.executedSequence(),
              now.executedCount()));
    }
  }

  private void addDropped(StoreWrite.InboundDropped dropped) throws StoreException {
    StreamMarks now = marks(dropped.stream());
    if (dropped.sequence() > now.dropped()) {
      drop(Family.INBOUND, dropped.stream(), now.dropped(), dropped.sequence());
      putExecuted(dropped.stream(), now.withDropped(dropped.sequence()));
    }
  }

  private void putExecuted(StreamId stream, StreamMarks now) throws StoreException {
    batch.put(Family.EXECUTED, StoreKeys.stream(stream), StoreCodec.encode(out, now));
    marksInCommit.put(stream, now);
  }

  private static long attestedDropped(long quacked) {
    return Math.max(0, quacked - ATTESTED_BEHIND_MAX);
  }

  /** Drops {@code after + 1 .. last} ([GC-1]). */
  private void drop(Family family, StreamId stream, long after, long last) throws StoreException {
    if (last - after > POINT_DELETES_MAX) {
      batch.deleteRange(
          family, StoreKeys.numbered(stream, after + 1), StoreKeys.numbered(stream, last + 1));
      return;
    }
    for (long sequence = after + 1; sequence <= last; sequence++) {
      batch.delete(family, StoreKeys.numbered(stream, sequence));
    }
  }

  private StreamMarks marks(StreamId stream) throws StoreException {
    StreamMarks changed = marksInCommit.get(stream);
    if (changed != null) {
      return changed;
    }
    StreamMarks known = marks.get(stream);
    if (known == null) {
      known = recovery.marks(stream);
      marks.put(stream, known);
    }
    return known;
  }

  @Override
  public void close() {
    batch.close();
  }
}
