package dev.mallard.testnet.sim.chain;

import dev.mallard.chain.BlockHead;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Executes what the Inbox has accepted, each entry in isolation ([DLV-1]), and remembers the order.
 */
final class EntryRunner {
  private final Application application;
  private final Ledger ledger;
  private final VirtualOutbox outbox;
  private final ChainObserver observer;
  private final List<Execution> executions = new ArrayList<>();

  EntryRunner(
      Application application, Ledger ledger, VirtualOutbox outbox, ChainObserver observer) {
    this.application = application;
    this.ledger = ledger;
    this.outbox = outbox;
    this.observer = observer;
  }

  List<Execution> executions() {
    return Collections.unmodifiableList(executions);
  }

  int mark() {
    return executions.size();
  }

  void undoTo(int mark) {
    while (executions.size() > mark) {
      executions.removeLast();
    }
  }

  /** Runs the entries of a delivery from place {@code skip} on. */
  List<Outcome> run(Delivery delivery, int skip, BlockHead block) {
    int entries = delivery.entries().size();
    List<Outcome> outcomes = new ArrayList<>(entries - skip);
    for (int i = skip; i < entries; i++) {
      OutboxEntry entry = delivery.entries().get(i);
      Outcome outcome = run(entry, block);
      executions.add(new Execution(entry.index(), outcome, block.ref().number()));
      outcomes.add(outcome);
      observer.onExecuted(entry.index(), outcome);
    }
    return outcomes;
  }

  private Outcome run(OutboxEntry entry, BlockHead block) {
    if ((entry.flags() & OutboxEntry.SYSTEM) != 0) {
      return runSystem(entry);
    }
    if (entry.deadlineSeconds() != 0 && block.timestampSeconds() > entry.deadlineSeconds()) {
      return Outcome.EXPIRED;
    }
    int mark = ledger.mark();
    if (application.onMessage(entry, ledger)) {
      return Outcome.EXECUTED;
    }
    ledger.undoTo(mark);
    return Outcome.FAILED;
  }

  /** Takes up what the other chain's Inbox reports; what cannot be read harms nobody ([DLV-4]). */
  private Outcome runSystem(OutboxEntry entry) {
    Optional<Receipt> receipt = Receipt.of(entry.payload());
    if (receipt.isEmpty()) {
      return Outcome.FAILED;
    }
    long index = receipt.get().firstIndex();
    for (Outcome outcome : receipt.get().outcomes()) {
      if (index <= outbox.count() && isAskedFor(outbox.entry(index))) {
        boolean refunded = application.onReceipt(outbox.entry(index), outcome, ledger);
        observer.onReceipt(index, outcome, refunded);
      }
      index++;
    }
    return Outcome.EXECUTED;
  }

  private static boolean isAskedFor(OutboxEntry entry) {
    return (entry.flags() & OutboxEntry.RECEIPT) != 0;
  }
}
