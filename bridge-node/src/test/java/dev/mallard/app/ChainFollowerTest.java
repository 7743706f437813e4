package dev.mallard.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.bundle.Blocks;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainHeads;
import dev.mallard.chain.InboxEvent;
import dev.mallard.chain.InboxState;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxRead;
import dev.mallard.stake.Hash32;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ChainFollowerTest {
  private final FakeChain chain = new FakeChain(Blocks.STREAM.source());
  private final Seen seen = new Seen();
  private final ChainFollower follower =
      new ChainFollower(
          chain, Blocks.STREAM, Blocks.STREAM.reverse(), 5, Optional.empty(), 0, seen);

  /** Counts what the follower tells. */
  private static final class Seen implements ChainListener {
    private final AtomicInteger inbox = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final AtomicInteger away = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile long readTo;
    private volatile long behind;
    private volatile boolean isWanted = true;

    @Override
    public void onHeads(ChainHeads heads) {}

    @Override
    public boolean isReadWanted() {
      return isWanted;
    }

    @Override
    public void onOutbox(OutboxRead.Progress progress) {
      readTo = progress.next().block().number();
    }

    @Override
    public void onSuspect(String reason) {}

    @Override
    public void onBehind(BlockRef block) {
      behind = block.number();
    }

    @Override
    public void onFinalityBroken(BlockRef expected, BlockRef found) {
      broken.incrementAndGet();
    }

    @Override
    public void onInbox(InboxState latest, InboxState finalized) {
      inbox.incrementAndGet();
    }

    @Override
    public void onInboxEvents(List<InboxEvent> events) {}

    @Override
    public void onAnswered() {
      answered.incrementAndGet();
    }

    @Override
    public void onUnavailable(int failures, String message) {
      away.incrementAndGet();
    }
  }

  @AfterEach
  void close() {
    follower.close();
  }

  @Test
  void aChainThatIsAwayAndComesBackIsReadOn() {
    chain.isAway = true;
    follower.start();
    Await.until("it is away", () -> seen.away.get() > 1);
    chain.isAway = false;
    Await.until("read", () -> seen.readTo == chain.finalized);
    chain.isAway = true;
    int before = seen.away.get();
    chain.advance(10);
    Await.until("it is away again", () -> seen.away.get() > before);
    chain.isAway = false;
    Await.until("read on", () -> seen.readTo == chain.finalized);
  }

  @Test
  void aBugInAConnectorEndsNothing() {
    chain.bug = new StackOverflowError("wanted by the test");
    follower.start();
    Await.until("it is told", () -> seen.away.get() > 0);
    chain.bug = null;
    follower.wake();
    Await.until("read", () -> seen.readTo == chain.finalized);
  }

  @Test
  void deliveriesGoOnWhileTheOutboxCannotBeRead() {
    chain.isOutboxAway = true;
    follower.start();
    Await.until("the Inbox is told", () -> seen.inbox.get() > 0);
    int before = seen.inbox.get();
    chain.advance(1);
    Await.until("the Inbox is told on", () -> seen.inbox.get() > before);
    assertEquals(0, seen.readTo);
  }

  @Test
  void theOutboxIsReadWhileTheInboxCannotBe() {
    chain.isInboxAway = true;
    follower.start();
    Await.until("read", () -> seen.readTo == chain.finalized);
    assertEquals(0, seen.inbox.get());
    assertTrue(seen.away.get() > 0);
    chain.isInboxAway = false;
    Await.until("the Inbox is told", () -> seen.inbox.get() > 0);
  }

  @Test
  @Tag("SEND-2")
  void readingPausesWithoutRoomAndGoesOnWhenWoken() {
    seen.isWanted = false;
    follower.start();
    Await.until("it looked", () -> seen.inbox.get() > 0);
    assertEquals(0, seen.readTo);
    seen.isWanted = true;
    follower.wake();
    Await.until("read", () -> seen.readTo == chain.finalized);
  }

  @Test
  @Tag("OUT-2")
  void aChainThatBeganAnewIsToldAndReadOnlyBeyondTheCursor() {
    OutboxCursor cursor = new OutboxCursor(new BlockRef(500, Blocks.hash(500)), 0, Hash32.ZERO);
    try (ChainFollower restarted =
        new ChainFollower(
            chain, Blocks.STREAM, Blocks.STREAM.reverse(), 5, Optional.of(cursor), 0, seen)) {
      restarted.start();
      Await.until("it is told", () -> seen.behind == 500);
      assertEquals(0, seen.readTo);
      chain.advance(401);
      Await.until("read on", () -> seen.readTo == 501);
    }
  }

  @Test
  void aChainThatIsBackAtTheBlockWhereItLeftOffIsToldToAnswer() {
    follower.start();
    Await.until("answered", () -> seen.answered.get() > 0);
    chain.isAway = true;
    Await.until("away", () -> seen.away.get() > 1);
    int before = seen.answered.get();
    chain.isAway = false;
    Await.until("answered again, without a new block", () -> seen.answered.get() > before);
  }

  @Test
  void aLostHintDelaysALookByAFewPollsOnly() {
    follower.start();
    Await.until("read", () -> seen.readTo == chain.finalized);
    chain.advance(1);
    chain.hint.run();
    Await.until("read on", () -> seen.readTo == chain.finalized);
    chain.advance(1);
    Await.until("read on without a hint", () -> seen.readTo == chain.finalized);
  }

  @Test
  void eventsOfTheTimeAwayAreReadButNotTheWholePast() {
    chain.finalized = 100_000;
    try (ChainFollower restarted =
        new ChainFollower(
            chain, Blocks.STREAM, Blocks.STREAM.reverse(), 5, Optional.empty(), 99_700, seen)) {
      restarted.start();
      Await.until("events are read", () -> !chain.eventsFrom.isEmpty());
      assertEquals(99_700, chain.eventsFrom.peek());
    }
    chain.eventsFrom.clear();
    try (ChainFollower longAway =
        new ChainFollower(
            chain, Blocks.STREAM, Blocks.STREAM.reverse(), 5, Optional.empty(), 7, seen)) {
      longAway.start();
      Await.until("events are read", () -> !chain.eventsFrom.isEmpty());
      assertEquals(
          chain.finalized + 2 - ChainFollower.EVENT_CATCHUP_BLOCKS_MAX, chain.eventsFrom.peek());
    }
  }

  @Test
  @Tag("OUT-2")
  void aBrokenFinalityIsToldOnceAndTheInboxIsStillFollowed() {
    chain.broken =
        new OutboxRead.FinalityBroken(
            new BlockRef(5, Blocks.hash(5)), new BlockRef(5, Blocks.hash(55)));
    follower.start();
    Await.until("told", () -> seen.broken.get() == 1);
    int before = seen.inbox.get();
    chain.advance(1);
    Await.until("followed", () -> seen.inbox.get() > before);
    assertEquals(1, seen.broken.get());
  }
}
