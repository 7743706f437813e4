package dev.mallard.app;

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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits an incoming stream's bundles when {@link DeliveryPlan} says that it is this replica's
 * turn. The plan lives on the stream's loop; reading, sending and watching the transaction happen
 * on one thread of its own.
 */
final class DeliveryRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryRunner.class);
  private static final long WATCH_SECONDS_MAX = 5;

  private final StreamId stream;
  private final DeliveryPlan plan;
  private final DeliveryLimits limits;
  private final DeliverySubmitter submitter;
  private final Journal journal;
  private final BridgeAddress payout;
  private final ArrayBlockingQueue<DeliveryPlan.Range> work = new ArrayBlockingQueue<>(1);
  private final Semaphore newBlock = new Semaphore(0);
  private final Thread thread;
  private volatile Consumer<Runnable> loop = Runnable::run;
  private volatile boolean closed;
  private volatile long executed;
  private volatile long executedCount;
  private final AtomicLong submitted = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile String trouble = "";

  DeliveryRunner(
      StreamId stream,
      DeliveryPlan plan,
      DeliveryLimits limits,
      DeliverySubmitter submitter,
      Journal journal,
      BridgeAddress payout) {
    this.stream = stream;
    this.plan = plan;
    this.limits = limits;
    this.submitter = submitter;
    this.journal = journal;
    this.payout = payout;
    this.thread = new Thread(this::run, "deliver-" + stream);
  }

  /**
   * Starts; results come back through {@code completions}, which runs them on the stream's loop.
   */
  void start(Consumer<Runnable> completions) {
    loop = completions;
    thread.start();
  }

  // --- on the stream's loop ---

  void onHeld(long sequence) {
    plan.onHeld(sequence);
    submitIfDue();
  }

  void onInbox(InboxState latest) {
    executed = latest.sequence();
    executedCount = latest.count();
    plan.onInbox(latest.sequence(), latest.at().number());
    if (newBlock.availablePermits() == 0) {
      newBlock.release();
    }
    submitIfDue();
  }

  private void submitIfDue() {
    if (work.remainingCapacity() > 0) {
      plan.next().ifPresent(work::add);
    }
  }

  long executed() {
    return executed;
  }

  long executedCount() {
    return executedCount;
  }

  long submitted() {
    return submitted.get();
  }

  long failed() {
    return failed.get();
  }

  /** Whose turn it is, on the loop only. */
  Optional<Integer> turn() {
    return plan.turn();
  }

  /** What stands in the way of this replica's own submission; empty if nothing does. */
  String trouble() {
    return trouble;
  }

  // --- on the delivery thread ---

  private void run() {
    while (!closed) {
      try {
        DeliveryPlan.Range range = work.take();
        boolean accomplished = deliver(range);
        loop.accept(() -> {
          plan.onSubmissionEnded(accomplished);
          submitIfDue();
        });
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private boolean deliver(DeliveryPlan.Range range) throws InterruptedException {
    try {
      Optional<Delivery> delivery = assemble(range);
      if (delivery.isEmpty()) {
        return true; // executed meanwhile and dropped from the store
      }
      return switch (submitter.submit(delivery.get())) {
        case Submission.Sent sent -> {
          submitted.incrementAndGet();
          LOG.info(
              "stream {}: bundles up to {} submitted with {}",
              stream,
              delivery.get().sequence(),
              sent.transaction().toHex());
          yield watch(sent);
        }
        case Submission.AlreadyDelivered done -> {
          trouble = "";
          yield true;
        }
        case Submission.Refused refused -> trouble("the Inbox refuses it: " + refused.reason());
        case Submission.CannotPay broke -> trouble(broke.reason());
      };
    } catch (ChainUnavailableException e) {
      return trouble("the chain does not answer: " + e.getMessage());
    } catch (StoreException e) {
      return trouble("the store cannot be read: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.error("stream {}: a delivery met a bug; others go on", stream, e);
      return trouble("internal error: " + e);
    }
  }

  private boolean trouble(String reason) {
    trouble = reason;
    LOG.warn("stream {}: delivery failed, trying again later: {}", stream, reason);
    return false;
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

  /** Follows one transaction to its end; an RPC that is away only makes it wait. */
  private boolean watch(Submission.Sent sent) throws InterruptedException {
    Submission.Sent current = sent;
    while (!closed) {
      if (newBlock.tryAcquire(WATCH_SECONDS_MAX, TimeUnit.SECONDS)) {
        newBlock.drainPermits();
      }
      try {
        switch (submitter.check(current)) {
          case SubmissionStatus.Pending pending -> current = pending.current();
          case SubmissionStatus.Mined mined -> {
            return onMined(mined);
          }
          case SubmissionStatus.Dropped dropped -> {
            return trouble("transaction " + current.transaction().toHex() + " was dropped");
          }
        }
      } catch (ChainUnavailableException e) {
        LOG.debug("stream {}: transaction not checked: {}", stream, e.getMessage());
      }
    }
    return false;
  }

  private boolean onMined(SubmissionStatus.Mined mined) {
    if (mined.success()) {
      trouble = "";
      return true;
    }
    failed.incrementAndGet();
    return trouble("transaction " + mined.transaction().toHex() + " reverted");
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
