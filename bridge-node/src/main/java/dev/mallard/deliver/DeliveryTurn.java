package dev.mallard.deliver;

import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * When this replica submits what of an incoming stream ([DLV-2]); a state machine without clock or
 * IO, driven by local blocks, on the stream's loop. At most one submission is in flight; a failure
 * delays only the next try of this stream.
 */
public final class DeliveryTurn {
  /** Back-off after failures ends here, in blocks. */
  static final int BACKOFF_BLOCKS_MAX = 32;

  private final DeliverySchedule schedule;
  private final int self;
  private final int bundlesMax;
  private State state = State.IDLE;
  private long held;
  private long inbox = -1;
  private long block = -1;
  private long due;
  private long dueSince;
  private long waitUntil;
  private int failures;
  private String lastFailure = "";

  /** Where a stream's delivery stands at this replica. */
  public enum State {
    /** Nothing that is held waits for the Inbox. */
    IDLE,
    /** Bundles are due, and it is another replica's turn or this one is backing off. */
    WAITING,
    /** This replica's submission is on its way. */
    IN_FLIGHT,
    /** The submission ended well; the Inbox has not been read at that block yet. */
    SETTLING
  }

  /**
   * A turn with nothing held.
   *
   * @param self this replica's index in the destination's stake table
   * @param bundlesMax bundles in one submission
   */
  public DeliveryTurn(DeliverySchedule schedule, int self, int bundlesMax) {
    this.schedule = schedule;
    this.self = self;
    this.bundlesMax = bundlesMax;
  }

  /** Takes one input. */
  public void onInput(DeliveryInput input, Consumer<DeliveryEffect> out) {
    switch (input) {
      case DeliveryInput.HeldAdvanced in -> held = Math.max(held, in.sequence());
      case DeliveryInput.InboxLatest in -> onInbox(in);
      case DeliveryInput.SubmissionEnded in -> onEnded(in.ending());
    }
    proceed(out);
  }

  /**
   * A block may be seen again, and after a reorganisation the Inbox may stand further back: the
   * newest reading counts.
   */
  private void onInbox(DeliveryInput.InboxLatest in) {
    if (in.sequence() > inbox) {
      failures = 0;
    }
    inbox = in.sequence();
    block = in.blockNumber();
    if (state == State.SETTLING && block >= waitUntil) {
      enter(State.IDLE);
    }
  }

  private void onEnded(DeliveryInput.Ending ending) {
    if (state != State.IN_FLIGHT) {
      throw new IllegalStateException("a submission ended in state " + state + ": " + ending);
    }
    switch (ending) {
      case DeliveryInput.Ending.Mined mined when mined.success() -> settle(mined.blockNumber());
      case DeliveryInput.Ending.Mined mined -> backOff("reverted in block " + mined.blockNumber());
      case DeliveryInput.Ending.AlreadyDelivered already -> settle(block + 1);
      case DeliveryInput.Ending.Failed failed -> backOff(failed.reason());
    }
  }

  private void settle(long atBlock) {
    lastFailure = "";
    waitUntil = atBlock;
    enter(block >= atBlock ? State.IDLE : State.SETTLING);
  }

  private void backOff(String reason) {
    lastFailure = reason;
    waitUntil = block + Math.min(BACKOFF_BLOCKS_MAX, 1L << Math.min(failures, 30));
    failures++;
    enter(State.WAITING);
  }

  private void proceed(Consumer<DeliveryEffect> out) {
    if (inbox < 0) {
      return; // the Inbox was never read
    }
    noteDue();
    if (state == State.IN_FLIGHT || state == State.SETTLING) {
      return;
    }
    if (held < due) {
      enter(State.IDLE);
      return;
    }
    enter(State.WAITING);
    if (isOwnTurn() && block >= waitUntil) {
      enter(State.IN_FLIGHT);
      long last = Math.min(held, due + bundlesMax - 1);
      out.accept(new DeliveryEffect.Submit(due, last, schedule.takeover(blocksWaited())));
    }
  }

  /** The wait for a bundle starts when it is held and the next one due, as this replica sees it. */
  private void noteDue() {
    if (due != inbox + 1) {
      due = inbox + 1;
      dueSince = block;
    }
    if (held < due) {
      dueSince = block;
    }
  }

  private void enter(State next) {
    state = next;
  }

  private boolean isOwnTurn() {
    return schedule.replica(due, blocksWaited()) == self;
  }

  private long blocksWaited() {
    return block - dueSince;
  }

  // --- for status pages ---

  /** Where delivery stands. */
  public State state() {
    return state;
  }

  /** The replica whose turn it is, while anything is due. */
  public OptionalInt replicaInTurn() {
    return inbox >= 0 && held >= due
        ? OptionalInt.of(schedule.replica(due, blocksWaited()))
        : OptionalInt.empty();
  }

  /** The next bundle that the Inbox wants; 0 before the Inbox was read. */
  public long due() {
    return due;
  }

  /** Local blocks for which it has been due. */
  public long waitedBlocks() {
    return inbox < 0 ? 0 : Math.max(0, blocksWaited());
  }

  /** Why the last try failed; empty when it did not. */
  public String lastFailure() {
    return lastFailure;
  }
}
