package dev.mallard.app;

import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainHeads;
import dev.mallard.chain.InboxEvent;
import dev.mallard.chain.InboxState;
import dev.mallard.chain.OutboxRead;
import dev.mallard.replica.DestinationStream;
import dev.mallard.replica.SourceStream;
import dev.mallard.stake.StreamId;
import dev.mallard.store.MessageIndex;
import dev.mallard.store.MessageStage;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what the follower sees to the streams, the status board and the index. On the follower's
 * thread.
 */
final class ChainEvents implements ChainListener {
  private static final Logger LOG = LoggerFactory.getLogger(ChainEvents.class);

  private final StreamId outgoing;
  private final StreamId incoming;
  private final MessageIndex index;
  private final ChainBoard board;
  private final SourceStream source;
  private final DestinationStream destination;

  ChainEvents(
      SourceStream source, DestinationStream destination, MessageIndex index, ChainBoard board) {
    this.outgoing = source.stream();
    this.incoming = destination.stream();
    this.source = source;
    this.destination = destination;
    this.index = index;
    this.board = board;
  }

  @Override
  public void onHeads(ChainHeads heads) {
    board.onHeads(heads, System.currentTimeMillis());
  }

  @Override
  public boolean isReadWanted() {
    return source.isReadWanted();
  }

  @Override
  public void onOutbox(OutboxRead.Progress progress) {
    board.onProgress();
    source.onOutbox(progress);
  }

  @Override
  public void onSuspect(String reason) {
    board.onSuspect(reason);
    LOG.warn("stream {}: the Outbox is read again: {}", outgoing, reason);
  }

  @Override
  public void onBehind(BlockRef readTo) {
    board.onBehind(readTo);
  }

  @Override
  public void onFinalityBroken(BlockRef expected, BlockRef found) {
    source.onFinalityBroken(expected, found);
  }

  @Override
  public void onInbox(InboxState latest, InboxState finalized) {
    destination.onInbox(latest, finalized);
  }

  @Override
  public void onInboxEvents(List<InboxEvent> events) {
    long wall = System.currentTimeMillis();
    for (InboxEvent event : events) {
      switch (event) {
        case InboxEvent.Delivered done ->
            index.onOutcomes(
                incoming,
                done.firstIndex(),
                done.outcomes(),
                MessageStage.EXECUTED,
                done.transaction(),
                wall);
        case InboxEvent.ReceiptReceived receipt ->
            index.onOutcomes(
                outgoing,
                receipt.firstIndex(),
                receipt.outcomes(),
                MessageStage.RECEIPT,
                receipt.transaction(),
                wall);
        case InboxEvent.RefundNotified refund ->
            LOG.info(
                "stream {}: the sender of message {} was told that it {}",
                outgoing,
                refund.index(),
                refund.outcome());
      }
    }
  }

  @Override
  public void onAnswered() {
    board.onAnswered();
  }

  @Override
  public void onUnavailable(int failures, String message) {
    board.onUnavailable(message);
  }
}
