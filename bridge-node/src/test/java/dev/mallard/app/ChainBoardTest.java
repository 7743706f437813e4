package dev.mallard.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.api.NodeStatus;
import dev.mallard.bundle.Blocks;
import dev.mallard.chain.BlockHead;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainHeads;
import org.junit.jupiter.api.Test;

class ChainBoardTest {
  private final ChainBoard board = new ChainBoard(30);

  private static BlockHead head(long number) {
    return new BlockHead(
        new BlockRef(number, Blocks.hash(number)), Blocks.hash(number - 1), number);
  }

  private void see(long finalized, long wallMillis) {
    board.onHeads(new ChainHeads(head(finalized + 2), head(finalized)), wallMillis);
  }

  private NodeStatus.Health requireBad(long wallMillis) {
    NodeStatus.Health health = board.health(wallMillis);
    assertFalse(health.ok(), health.detail());
    assertFalse(health.remedy().isEmpty());
    return health;
  }

  @Test
  void aChainIsHealthyFromItsFirstBlockOn() {
    requireBad(0);
    see(5, 0);
    assertTrue(board.health(1).ok());
  }

  @Test
  void aChainThatBeganAnewIsNamedUntilItIsPastTheCursor() {
    board.onBehind(head(500).ref());
    see(100, 0);
    NodeStatus.Health health = requireBad(0);
    assertTrue(health.detail().contains(head(500).ref().toString()), health.detail());
    assertTrue(health.remedy().contains("chain.rpc-urls"), health.remedy());
    see(500, 0);
    assertTrue(board.health(0).ok());
  }

  @Test
  void aHeadThatStandsStillIsNamedWithItsAge() {
    see(5, 1_000);
    see(5, 40_000);
    assertTrue(requireBad(32_000).detail().contains("no new block for 31 s"));
    see(6, 40_000);
    assertTrue(board.health(41_000).ok());
  }

  @Test
  void aSuspectReadingIsNamedUntilTheOutboxIsReadOn() {
    see(5, 0);
    board.onSuspect("logs are missing");
    assertEquals("logs are missing", requireBad(0).detail());
    board.onProgress();
    assertTrue(board.health(0).ok());
  }

  @Test
  void aChainThatIsAwayIsNamedUntilItAnswers() {
    see(5, 0);
    board.onUnavailable("refused");
    assertEquals("refused", requireBad(0).detail());
    see(6, 0);
    assertEquals("refused", requireBad(0).detail(), "heads alone are not the Inbox");
    board.onAnswered();
    assertTrue(board.health(0).ok());
  }

  @Test
  void aChainThatStandsStillAndAnswersAgainIsWell() {
    see(5, 0);
    board.onUnavailable("refused");
    board.onAnswered();
    assertTrue(board.health(0).ok());
  }
}
