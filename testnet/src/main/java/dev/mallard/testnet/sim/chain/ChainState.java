package dev.mallard.testnet.sim.chain;

import dev.mallard.chain.BlockHead;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.Outcome;
import dev.mallard.stake.Hash32;
import java.util.List;

/** The contracts of a chain as its newest block has them; blocks are executed on it and undone. */
final class ChainState {
  private final Application application;
  private final ChainObserver observer;
  private final VirtualOutbox outbox;
  private final VirtualInbox inbox;
  private final EntryRunner runner;
  private final Ledger ledger = new Ledger();
  private long digest;

  ChainState(
      Application application, ChainObserver observer, VirtualOutbox outbox, VirtualInbox inbox) {
    this.application = application;
    this.observer = observer;
    this.outbox = outbox;
    this.inbox = inbox;
    this.runner = new EntryRunner(application, ledger, outbox, observer);
  }

  Ledger ledger() {
    return ledger;
  }

  List<Execution> executions() {
    return runner.executions();
  }

  /** Mixed from all that was executed, what was undone included. */
  long digest() {
    return digest;
  }

  /** Executes a block's transactions. */
  Block execute(BlockHead head, long mix, List<Transaction> transactions) {
    inbox.onBlock(head.ref());
    for (Transaction transaction : transactions) {
      transaction.onMined(head.ref(), execute(transaction, head));
    }
    note(mix);
    note(outbox.accAt(outbox.count()).hashCode());
    note(inbox.state().acc().hashCode());
    return new Block(
        head, mix, inbox.state(), outbox.count(), runner.mark(), ledger.mark(), transactions);
  }

  /** Takes back all that came after a block. */
  void undoTo(Block block) {
    outbox.undoTo(block.outboxCount());
    inbox.restore(block.inbox());
    runner.undoTo(block.executions());
    ledger.undoTo(block.postings());
  }

  private boolean execute(Transaction transaction, BlockHead block) {
    return switch (transaction.call()) {
      case Transaction.Call.Send send -> {
        append(send.request().entry(outbox.count() + 1L), transaction.hash(), block);
        yield true;
      }
      case Transaction.Call.Deliver call -> deliver(call, transaction.hash(), block);
    };
  }

  private void append(OutboxEntry entry, Hash32 transaction, BlockHead block) {
    outbox.append(entry, transaction);
    application.onSend(entry, ledger);
    observer.onSent(entry, block);
  }

  private boolean deliver(Transaction.Call.Deliver call, Hash32 transaction, BlockHead block) {
    return switch (inbox.judge(inbox.state(), call.delivery())) {
      case InboxVerdict.Refused refused -> refuse(call, refused.reason());
      case InboxVerdict.AlreadyDelivered already -> refuse(call, "AlreadyDelivered");
      case InboxVerdict.Accepted accepted -> accept(call, accepted, transaction, block);
    };
  }

  private boolean refuse(Transaction.Call.Deliver call, String reason) {
    observer.onRefused(call.delivery(), call.submitter(), reason);
    note(-call.submitter());
    return false;
  }

  private boolean accept(
      Transaction.Call.Deliver call,
      InboxVerdict.Accepted accepted,
      Hash32 transaction,
      BlockHead block) {
    Delivery delivery = call.delivery();
    inbox.accept(delivery, accepted, block);
    List<Outcome> outcomes = runner.run(delivery, accepted.skip(), block);
    note(call.submitter());
    outcomes.forEach(outcome -> note(outcome.code()));
    observer.onDelivered(delivery, call.submitter(), outcomes, block);
    if (isReceiptAskedFor(delivery, accepted.skip())) {
      long first = delivery.entries().get(accepted.skip()).index();
      append(new Receipt(first, outcomes).entry(outbox.count() + 1L), transaction, block);
    }
    return true;
  }

  /** One receipt for the whole delivery, if one of its new entries asked ([DLV-4]). */
  private static boolean isReceiptAskedFor(Delivery delivery, int skip) {
    int flags = 0;
    for (int i = skip; i < delivery.entries().size(); i++) {
      flags |= delivery.entries().get(i).flags();
    }
    return (flags & OutboxEntry.RECEIPT) != 0;
  }

  private void note(long what) {
    digest = Block.mix(digest ^ what);
  }
}
