package dev.mallard.testnet.sim.chain;

import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.Outcome;

/**
 * The contract that dapps use on a chain: it sends, it is called by the Inbox, and it is told what
 * became of what it sent ([DLV-4]). What it does is written in the {@link Ledger}, which takes it
 * back when the block is replaced; it has no state of its own.
 */
public interface Application {
  /** An entry entered the Outbox. */
  void onSend(OutboxEntry entry, Ledger ledger);

  /** Runs an incoming entry; false if it reverts, and then nothing it posted counts. */
  boolean onMessage(OutboxEntry entry, Ledger ledger);

  /** The outcome of an entry that asked for it came back; whether it was refunded. */
  boolean onReceipt(OutboxEntry sent, Outcome outcome, Ledger ledger);
}
