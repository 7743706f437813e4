package dev.mallard.c3b.quack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.c3b.harness.FakeStream.FakeAck;
import dev.mallard.c3b.harness.Tables;
import dev.mallard.stake.StakeTable;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class QuackTest {
  private static final StakeTable GRADED = Tables.bft(2, 40, 30, 20, 10); // u = r = 33

  @Test
  @Tag("QUACK-2")
  void aQuackCarriesTheNewestAcksOfAllBehindIt() {
    QuackTracker quacks = new QuackTracker(GRADED, 0);
    assertFalse(quacks.onAck(3, 9, new FakeAck(3, 9)));
    assertFalse(quacks.onAck(2, 4, new FakeAck(2, 4)));
    assertFalse(quacks.onAck(2, 5, new FakeAck(2, 5)));
    assertTrue(quacks.onAck(1, 7, new FakeAck(1, 7)));
    assertEquals(7, quacks.quacked(), "10 of replica 3 and 30 of replica 1 exceed 33");
    assertEquals(Map.of(1, new FakeAck(1, 7), 3, new FakeAck(3, 9)), quacks.proofs());
  }

  @Test
  @Tag("QUACK-1")
  void whatMayFailAloneQuacksNothing() {
    QuackTracker quacks = new QuackTracker(GRADED, 0);
    assertFalse(quacks.onAck(1, Long.MAX_VALUE, new FakeAck(1, Long.MAX_VALUE)));
    assertEquals(0, quacks.quacked());
  }

  @Test
  @Tag("LOSS-1")
  void theTimeoutFollowsTheMeasuredDelayBetweenItsLimits() {
    LossTimer timer = new LossTimer(3_000, 1_000, 30_000);
    assertEquals(3_000, timer.timeoutMillis());
    timer.onSample(2_000);
    assertEquals(6_000, timer.timeoutMillis(), "a first sample counts half as variation");
    for (int i = 0; i < 200; i++) {
      timer.onSample(200);
    }
    assertEquals(1_000, timer.timeoutMillis());
    assertEquals(4_000, timer.timeoutMillis(2));
    assertEquals(30_000, timer.timeoutMillis(40));
  }

  @Test
  @Tag("LOSS-1")
  void aSingleLateAckIsNoComplaint() {
    Evidence evidence = new Evidence(new LossTimer(1_000, 1_000, 8_000), 250);
    long openedAt = 1_000_000;
    assertFalse(evidence.isComplaint(openedAt + 5_000, openedAt, 0));
    evidence.onJudged(openedAt + 5_000);
    assertFalse(
        evidence.isComplaint(openedAt + 5_100, openedAt, 0), "from the same queue, perhaps");
    assertTrue(evidence.isComplaint(openedAt + 5_250, openedAt, 0));
  }

  @Test
  @Tag("LOSS-1")
  void backingOffEndsWhereTheReplicaGetsWhatWasCertifiedLater() {
    Evidence evidence = new Evidence(new LossTimer(1_000, 1_000, 8_000), 250);
    long openedAt = 1_000_000;
    evidence.onJudged(openedAt + 1_500);
    assertFalse(
        evidence.isComplaint(openedAt + 2_000, openedAt, 1), "2 s are this round's patience");
    evidence.onHeld(openedAt + 1_200);
    assertTrue(evidence.isComplaint(openedAt + 2_000, openedAt, 1));
  }
}
