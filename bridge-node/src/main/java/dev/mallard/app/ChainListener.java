package dev.mallard.app;

import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainHeads;
import dev.mallard.chain.InboxEvent;
import dev.mallard.chain.InboxState;
import dev.mallard.chain.OutboxRead;
import java.util.List;

/**
 * What the follower of the local chain tells the streams. Called on the follower's thread; must
 * hand over and return.
 */
interface ChainListener {
  /** The newest block or the newest finalized one moved. */
  void onHeads(ChainHeads heads);

  /** Whether the source side has room for more of the Outbox ([SEND-2]). */
  boolean isReadWanted();

  /** The Outbox was read on; only contiguous, proved entries arrive here ([OUT-2]). */
  void onOutbox(OutboxRead.Progress progress);

  /** What the RPC said does not fit together; it is read again. */
  void onSuspect(String reason);

  /** The finalized head is before {@code readTo}, up to which an earlier run has read. */
  void onBehind(BlockRef readTo);

  /** A finalized block left the chain: the streams that depend on it must stop. */
  void onFinalityBroken(BlockRef expected, BlockRef found);

  /** The Inbox at the newest and at the finalized block. */
  void onInbox(InboxState latest, InboxState finalized);

  /** Deliveries and receipts in new blocks, for the index of messages. */
  void onInboxEvents(List<InboxEvent> events);

  /** A look at the chain went through from its heads to the Inbox, whether or not it moved. */
  void onAnswered();

  /** No RPC answers, since {@code failures} attempts. */
  void onUnavailable(int failures, String message);
}
