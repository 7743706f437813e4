package dev.mallard.replica;

import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.chain.InboxState;
import dev.mallard.chain.Submission;
import dev.mallard.chain.SubmissionStatus;
import dev.mallard.deliver.DeliveryAssembly;
import dev.mallard.deliver.DeliveryLimits;
import dev.mallard.deliver.DeliveryPlan;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.StreamId;
import dev.mallard.store.Journal;
import dev.mallard.store.StoreException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits an incoming stream's bundles when {@link DeliveryPlan} says that it is this replica's
 * turn, one transaction at a time. On the stream's loop; what blocks (disk, chain) is done by
 * workers of its own, so that a chain that hangs holds up nothing else.
 */
final class DeliveryRunner {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryRunner.class);

  /** A transaction is looked at with every block, and at least this often. */
  private static final long WATCH_MILLIS_MAX = 5_000;

  /** Where the submission under way is. */
  private enum State {
    /** Nothing of its own is under way. */
    IDLE,
    /** A worker reads the bundles, has the chain simulate the delivery, and sends it. */
    SUBMITTING,
    /** The transaction is with the chain. */
    WATCHING,
    /** A worker asks what became of it. */
    CHECKING
  }

  private final StreamId stream;
  private final StreamLoop loop;
  private final DeliveryPlan plan;
  private final DeliveryLimits limits;
  private final DeliverySubmitter submitter;
  private final Journal journal;
  private final Workers workers;
  private final BridgeAddress payout;
  private State state = State.IDLE;
  private Submission.@Nullable Sent sent;
  private long checkedAtMillis;
  private long executed;
  private long executedCount;
  private long submitted;
  private long failed;
  private String trouble = "";

  DeliveryRunner(
      StreamId stream,
      StreamLoop loop,
      DeliveryPlan plan,
      DeliveryLimits limits,
      DeliverySubmitter submitter,
      Journal journal,
      Workers workers,
      BridgeAddress payout) {
    this.stream = stream;
    this.loop = loop;
    this.plan = plan;
    this.limits = limits;
    this.submitter = submitter;
    this.journal = journal;
    this.workers = workers;
    this.payout = payout;
  }

  // --- inputs ---

  void onHeld(long sequence) {
    plan.onHeld(sequence);
    submitIfDue();
  }

  void onInbox(InboxState latest) {
    executed = latest.sequence();
    executedCount = latest.count();
    plan.onInbox(latest.sequence(), latest.at().number());
    checkIfWatching();
    submitIfDue();
  }

  void onTick(long nowMillis) {
    if (nowMillis - checkedAtMillis >= WATCH_MILLIS_MAX) {
      checkIfWatching();
    }
  }

  // --- submitting ---

  private void submitIfDue() {
    if (state == State.IDLE) {
      plan.next()
          .ifPresent(range -> {
            state = State.SUBMITTING;
            if (!isTaken(() -> submit(range), this::onSubmitted)) {
              endInTrouble("the workers are busy");
            }
          });
    }
  }

  /** On a worker; empty if the bundles were executed meanwhile and dropped from the store. */
  private Optional<Submission> submit(DeliveryPlan.Range range)
      throws ChainUnavailableException, StoreException {
    Optional<Delivery> delivery = assemble(range);
    return delivery.isPresent() ? Optional.of(submitter.submit(delivery.get())) : Optional.empty();
  }

  private Optional<Delivery> assemble(DeliveryPlan.Range range) throws StoreException {
    DeliveryAssembly assembly = new DeliveryAssembly(limits, payout);
    for (long sequence = range.from(); sequence <= range.to(); sequence++) {
      Optional<CertifiedBundle> bundle = journal.readInbound(stream, sequence);
      if (bundle.isEmpty() || !assembly.add(bundle.get())) {
        break;
      }
    }
    return assembly.delivery();
  }

  private void onSubmitted(Optional<Submission> submission) {
    if (submission.isEmpty()) {
      end(true);
      return;
    }
    switch (submission.get()) {
      case Submission.Sent now -> {
        submitted++;
        LOG.info("stream {}: submitted with {}", stream, now.transaction().toHex());
        sent = now;
        checkedAtMillis = loop.nowMillis();
        state = State.WATCHING;
      }
      case Submission.AlreadyDelivered done -> end(true);
      case Submission.Refused refused -> endInTrouble("the Inbox refuses it: " + refused.reason());
      case Submission.CannotPay broke -> endInTrouble(broke.reason());
    }
  }

  // --- watching ---

  private void checkIfWatching() {
    Submission.Sent watched = sent;
    if (state == State.WATCHING && watched != null) {
      state = State.CHECKING;
      if (!isTaken(() -> check(watched), this::onChecked)) {
        state = State.WATCHING; // it is looked at later: forgetting it could send a second one
      }
    }
  }

  /** On a worker; an RPC that is away only makes it wait. */
  private SubmissionStatus check(Submission.Sent watched) {
    try {
      return submitter.check(watched);
    } catch (ChainUnavailableException e) {
      LOG.debug("stream {}: transaction not checked: {}", stream, e.getMessage());
      return new SubmissionStatus.Pending(watched);
    }
  }

  private void onChecked(SubmissionStatus status) {
    checkedAtMillis = loop.nowMillis();
    switch (status) {
      case SubmissionStatus.Pending pending -> {
        sent = pending.current();
        state = State.WATCHING;
      }
      case SubmissionStatus.Mined mined -> onMined(mined);
      case SubmissionStatus.Dropped dropped -> endInTrouble("the transaction was dropped");
    }
  }

  private void onMined(SubmissionStatus.Mined mined) {
    if (mined.success()) {
      end(true);
    } else {
      failed++;
      endInTrouble("transaction " + mined.transaction().toHex() + " reverted");
    }
  }

  // --- the end of a submission ---

  private void endInTrouble(String reason) {
    LOG.warn("stream {}: delivery failed, trying again later: {}", stream, reason);
    end(false);
    trouble = reason;
  }

  private void end(boolean accomplished) {
    state = State.IDLE;
    sent = null;
    trouble = "";
    plan.onSubmissionEnded(accomplished);
    submitIfDue();
  }

  /**
   * Lets a worker do what blocks, and goes on on the loop, whatever happens there; false if no
   * worker has room.
   */
  private <T> boolean isTaken(Callable<T> blocking, Consumer<T> then) {
    Runnable bug = () -> loop.post(() -> endInTrouble("an internal error, see the log"));
    return workers.offer(() -> run(blocking, then), bug);
  }

  private <T> void run(Callable<T> blocking, Consumer<T> then) {
    try {
      T result = blocking.call();
      loop.post(() -> then.accept(result));
    } catch (ChainUnavailableException e) {
      loop.post(() -> endInTrouble("the chain does not answer: " + e.getMessage()));
    } catch (StoreException e) {
      loop.post(() -> endInTrouble("the store cannot be read: " + e.getMessage()));
    } catch (Exception e) {
      throw new IllegalStateException("a delivery met a bug", e);
    }
  }

  // --- views ---

  long executed() {
    return executed;
  }

  long executedCount() {
    return executedCount;
  }

  long submitted() {
    return submitted;
  }

  long failed() {
    return failed;
  }

  /** Whose turn it is. */
  Optional<Integer> turn() {
    return plan.turn();
  }

  /** What stands in the way of this replica's own submission; empty if nothing does. */
  String trouble() {
    return trouble;
  }
}
