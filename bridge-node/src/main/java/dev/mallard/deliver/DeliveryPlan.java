package dev.mallard.deliver;

import java.util.Optional;

/**
 * When this replica submits, and what ([DLV-2]). A pure state machine driven by blocks of the
 * destination chain: no clock, thread or IO. One submission is under way at a time; one that failed
 * is tried again after a growing number of blocks, and hinders no other replica.
 *
 * <p>What is due already when the Inbox is first looked at, after a restart, may be in a
 * transaction of a replica that took over meanwhile: it is left alone for T blocks, or until the
 * Inbox moves.
 */
public final class DeliveryPlan {
  private static final int BACKOFF_BLOCKS_MAX = 32;

  private final DeliveryTurns turns;
  private final DeliveryLimits limits;
  private final int self;
  private final long highestAtStart;
  private long held;
  private long accepted;
  private long block;
  private long dueSinceBlock = -1;
  private long notBeforeBlock;
  private long acceptedAtSubmission;
  private int failures;
  private State state = State.WATCHING;

  /** What the replica does. */
  private enum State {
    /** Nothing of its own is under way. */
    WATCHING,
    /** A submission is under way. */
    SUBMITTING
  }

  /**
   * Bundles to submit in one transaction.
   *
   * @param from the first that the Inbox lacks
   * @param to the last that is held
   */
  public record Range(long from, long to) {}

  /**
   * A plan that knows nothing yet: nothing is due before the Inbox was seen.
   *
   * @param held what the disk remembered, without a gap; 0 for a new replica
   * @param highest the highest that it remembered: the Inbox may have closed a gap before a crash,
   *     so that what lies beyond was due
   */
  public DeliveryPlan(
      DeliveryTurns turns, DeliveryLimits limits, int self, long held, long highest) {
    this.turns = turns;
    this.limits = limits;
    this.self = self;
    this.highestAtStart = highest;
    this.held = held;
    this.accepted = Long.MAX_VALUE;
  }

  /** Bundles up to here are held without a gap. */
  public void onHeld(long sequence) {
    held = Math.max(held, sequence);
    noteDue();
  }

  /** The Inbox in the newest block; it may stand back after a reorganisation. */
  public void onInbox(long sequence, long blockNumber) {
    boolean isOldBusiness = accepted == Long.MAX_VALUE && sequence < highestAtStart;
    if (sequence != accepted) {
      accepted = sequence;
      dueSinceBlock = -1;
      failures = 0;
      notBeforeBlock = 0;
    }
    if (blockNumber < block) {
      onBlocksBack(blockNumber);
    }
    block = blockNumber;
    noteDue();
    if (isOldBusiness) {
      notBeforeBlock = block + limits.takeoverBlocks();
    }
  }

  /**
   * A reorganisation, or an RPC that had named a block far too high: what was to happen so many
   * blocks later happens no later than that from here on.
   */
  private void onBlocksBack(long blockNumber) {
    long waits = Math.max(0, notBeforeBlock - block);
    notBeforeBlock = Math.min(notBeforeBlock, blockNumber + waits);
    dueSinceBlock = Math.min(dueSinceBlock, blockNumber);
  }

  /**
   * The submission under way has ended. The next one waits until the Inbox was seen to have moved,
   * or one more block if it was not; longer after a failure.
   */
  public void onSubmissionEnded(boolean accomplished) {
    state = State.WATCHING;
    if (accomplished) {
      notBeforeBlock = accepted == acceptedAtSubmission ? block + 1 : block;
    } else {
      failures++;
      notBeforeBlock = block + Math.min(BACKOFF_BLOCKS_MAX, 1 << Math.min(failures, 10));
    }
  }

  /**
   * What to submit now, if it is this replica's turn; the caller owes {@link #onSubmissionEnded}.
   */
  public Optional<Range> next() {
    if (state == State.SUBMITTING
        || !isDue()
        || block < notBeforeBlock
        || turns.submitter(accepted + 1, takeovers()) != self) {
      return Optional.empty();
    }
    state = State.SUBMITTING;
    acceptedAtSubmission = accepted;
    return Optional.of(new Range(accepted + 1, held));
  }

  /** Whose turn it is; empty when nothing is due. */
  public Optional<Integer> turn() {
    return isDue() ? Optional.of(turns.submitter(accepted + 1, takeovers())) : Optional.empty();
  }

  private boolean isDue() {
    return accepted < held;
  }

  private void noteDue() {
    if (isDue() && dueSinceBlock < 0) {
      dueSinceBlock = block;
    }
  }

  private long takeovers() {
    return Math.max(0, block - dueSinceBlock) / limits.takeoverBlocks();
  }
}
