package dev.mallard.store;

import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * A replica's memory on disk ([G-3]): the journal and the message index in one RocksDB. What a
 * future of {@link #commit} has completed is there after any crash. A folder that is not this
 * replica's, or damaged, is refused and left as it is.
 */
public final class BridgeStore implements Journal, AutoCloseable {
  private final StoreDatabase database;
  private final StoreRecovery recovery;
  private final GroupCommit journal;
  private final RocksMessageIndex messages;
  private final StoreMetrics metrics;

  private BridgeStore(
      StoreDatabase database, StoreIdentity identity, StoreLimits limits, RecordStore journalDisk)
      throws StoreException {
    this.database = database;
    this.recovery = new StoreRecovery(database);
    this.metrics = new StoreMetrics();
    this.messages = new RocksMessageIndex(database, limits, metrics);
    this.journal = new GroupCommit(journalDisk, identity, limits, metrics);
  }

  /**
   * Opens a replica's store, or creates it in an absent or empty folder. Blocks.
   *
   * @throws StoreException if the folder is another replica's or chain's, another program's, of
   *     another format version, damaged, in use by another process or not writable; nothing is
   *     changed then
   */
  public static BridgeStore open(Path folder, StoreIdentity identity, StoreLimits limits)
      throws StoreException {
    return open(folder, identity, limits, UnaryOperator.identity());
  }

  /**
   * As above, with another disk before the journal.
   *
   * @param journalDisk makes what the journal writes to of what the folder holds: for disks that
   *     are slower or less faithful than the one at hand
   */
  public static BridgeStore open(
      Path folder,
      StoreIdentity identity,
      StoreLimits limits,
      UnaryOperator<RecordStore> journalDisk)
      throws StoreException {
    StoreDatabase database = new StoreFolder(folder, identity, limits).open();
    try {
      BridgeStore store = new BridgeStore(database, identity, limits, journalDisk.apply(database));
      store.journal.start();
      store.messages.start();
      return store;
    } catch (StoreException e) {
      database.close();
      throw e;
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Fails without making the disk sick: with {@link ContradictionException} or {@link
   * IllegalArgumentException} what must not be kept ({@link StoreWrite.HighWater} against [CERT-1],
   * a stream that is not the store's, more than {@link StoreLimits#commitBytesMax}), and with
   * {@link JournalFullException} what exceeds {@link StoreLimits#journalQueueBytesMax} or {@link
   * StoreLimits#journalQueueCommitsMax}. Frontiers behind the durable ones, and bundles behind a
   * frontier, are accepted and change nothing. Stages that depend on the future run on the
   * journal's thread and must be short.
   */
  @Override
  public CompletableFuture<Void> commit(List<StoreWrite> writes) {
    return journal.submit(writes);
  }

  @Override
  public boolean hasRoom(long bytes) {
    return journal.hasRoom(bytes);
  }

  @Override
  public RecoveredSource loadSource(StreamId stream) throws StoreException {
    return recovery.source(stream);
  }

  @Override
  public RecoveredDestination loadDestination(StreamId stream) throws StoreException {
    return recovery.destination(stream);
  }

  @Override
  public Optional<CertifiedBundle> readInbound(StreamId stream, long sequence)
      throws StoreException {
    return recovery.inbound(stream, sequence);
  }

  /** A stake table kept with {@link StoreWrite.Stakes}. Blocks. */
  public Optional<StakeTable> readStakes(RsmId rsm, Epoch epoch) throws StoreException {
    return recovery.stakes(rsm, epoch);
  }

  /**
   * Proofs of equivocation kept of a stream's source replicas, at most one for each ([CERT-3]).
   * Blocks.
   */
  public List<StoreWrite.Evidence> readEvidence(StreamId stream) throws StoreException {
    return recovery.evidence(stream);
  }

  /** The life of each message, kept beside the journal; closed with this store. */
  public MessageIndex messages() {
    return messages;
  }

  /** Counters for the metrics page. */
  public StoreMetrics metrics() {
    return metrics;
  }

  /**
   * Why the disk is sick, if it is: for health. Only a restart, after the cause was removed, makes
   * it well.
   */
  public Optional<StoreException> failure() {
    return database.failure();
  }

  /** Why the message index stopped, if it did: it shows stale messages, traffic is not touched. */
  public Optional<StoreException> indexFailure() {
    return messages.failure();
  }

  /** Commits what still waits, then closes. Blocks; not from a stage that depends on a commit. */
  @Override
  public void close() {
    journal.close();
    messages.close();
    database.close();
  }
}
