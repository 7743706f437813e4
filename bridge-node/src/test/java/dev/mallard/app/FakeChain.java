package dev.mallard.app;

import dev.mallard.bundle.Blocks;
import dev.mallard.chain.BlockHead;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainConnector;
import dev.mallard.chain.ChainHeads;
import dev.mallard.chain.ChainHealth;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.chain.InboxEvent;
import dev.mallard.chain.InboxState;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxRead;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A chain of empty blocks that fails in the ways a test asks for. */
final class FakeChain implements ChainConnector {
  private final RsmId rsm;
  volatile long finalized = 100;
  final Queue<Long> eventsFrom = new ConcurrentLinkedQueue<>();
  volatile boolean isAway;
  volatile boolean isOutboxAway;
  volatile boolean isInboxAway;
  volatile Runnable hint = () -> {};
  volatile @Nullable Error bug;
  volatile OutboxRead.@Nullable FinalityBroken broken;

  FakeChain(RsmId rsm) {
    this.rsm = rsm;
  }

  synchronized void advance(int blocks) {
    finalized += blocks;
  }

  private void answer(boolean isPartAway) throws ChainUnavailableException {
    @Nullable Error wanted = bug;
    if (wanted != null) {
      throw wanted;
    }
    if (isAway || isPartAway) {
      throw new ChainUnavailableException("away, as the test wants it");
    }
  }

  private static BlockHead head(long number) {
    return new BlockHead(
        new BlockRef(number, Blocks.hash(number)), Blocks.hash(number - 1), number);
  }

  @Override
  public RsmId rsm() {
    return rsm;
  }

  @Override
  public ChainHeads heads() throws ChainUnavailableException {
    answer(false);
    long now = finalized;
    return new ChainHeads(head(now + 2), head(now));
  }

  @Override
  public OutboxCursor start(StreamId stream) throws ChainUnavailableException {
    answer(isOutboxAway);
    return new OutboxCursor(head(1).ref(), 0, Hash32.ZERO);
  }

  @Override
  public OutboxRead readOutbox(StreamId stream, OutboxCursor cursor, BlockHead to, int blocksMax)
      throws ChainUnavailableException {
    answer(isOutboxAway);
    OutboxRead.@Nullable FinalityBroken wanted = broken;
    if (wanted != null) {
      return wanted;
    }
    long end = Math.min(to.ref().number(), cursor.block().number() + blocksMax);
    return new OutboxRead.Progress(
        List.of(), new OutboxCursor(head(end).ref(), cursor.count(), cursor.acc()));
  }

  @Override
  public InboxState inbox(StreamId stream, BlockRef at) throws ChainUnavailableException {
    answer(isInboxAway);
    return new InboxState(at, 0, 0, Epoch.FIRST, Hash32.ZERO);
  }

  @Override
  public List<InboxEvent> inboxEvents(StreamId incoming, long fromBlock, long toBlock)
      throws ChainUnavailableException {
    answer(isInboxAway);
    eventsFrom.add(fromBlock);
    return List.of();
  }

  @Override
  public StakeTable remoteStakeTable(RsmId source, Epoch epoch) throws ChainUnavailableException {
    throw new ChainUnavailableException("not part of this fake");
  }

  @Override
  public DeliverySubmitter submitter(StreamId incoming) {
    throw new UnsupportedOperationException("not part of this fake");
  }

  @Override
  public void onHeadHint(Runnable run) {
    hint = run;
  }

  @Override
  public ChainHealth health() {
    return new ChainHealth(List.of(), 0);
  }

  @Override
  public void close() {}
}
