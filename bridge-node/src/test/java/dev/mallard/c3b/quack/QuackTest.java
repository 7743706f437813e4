package dev.mallard.c3b.quack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.c3b.StepClock;
import dev.mallard.c3b.harness.FakeStream.FakeAck;
import dev.mallard.c3b.harness.Tables;
import dev.mallard.c3b.send.CertifiedTimes;
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
    assertEquals(1_000, timer.timeoutMillis(1));
    assertEquals(4_000, timer.timeoutMillis(4));
    assertEquals(30_000, timer.timeoutMillis(40));
  }

  /** Found by the scale run: with a third of the stake down time-outs went up to their maximum. */
  @Test
  @Tag("LOSS-1")
  void lossesThatOthersMendedDoNotStretchTheTimeout() {
    LossTimer timer = new LossTimer(3_000, 1_000, 30_000);
    for (int i = 0; i < 100; i++) {
      timer.onSample(400);
      timer.onSample(2 * timer.timeoutMillis());
      timer.onSample(2 * timer.timeoutMillis());
    }
    assertEquals(2 * 3_000, timer.timeoutMillis(), "twice what it was at first");
    for (int i = 0; i < 100; i++) {
      timer.onSample(1_000);
      timer.onSample(2 * timer.timeoutMillis());
      timer.onSample(2 * timer.timeoutMillis());
    }
    assertEquals(8 * 1_000, timer.timeoutMillis(), "eight times what a quick ack takes");
  }

  /** The quick delays of yesterday must not make today's look like losses. */
  @Test
  @Tag("LOSS-1")
  void theTimeoutFollowsAtOnceWhenAQuickNetworkBecomesSlow() {
    LossTimer timer = new LossTimer(3_000, 1_000, 30_000);
    for (int i = 0; i < 100; i++) {
      timer.onSample(100);
    }
    for (int i = 0; i < 4; i++) {
      timer.onSample(2_000);
      assertTrue(timer.timeoutMillis() > 2_000, "after " + (i + 1) + ": " + timer.timeoutMillis());
    }
  }

  @Test
  @Tag("LOSS-1")
  void theTimeoutFollowsTheWholeNetworkWhenItSlowsDown() {
    LossTimer timer = new LossTimer(3_000, 1_000, 30_000);
    for (int i = 0; i < 100; i++) {
      timer.onSample(200);
    }
    for (int i = 0; i < 40; i++) {
      timer.onSample(i % 2 == 0 ? 900 : 6_000);
    }
    assertTrue(timer.timeoutMillis() > 6_000, "delays that vary sixfold are no losses");
  }

  /** Somebody else may have resent it before this sender heard enough complaints. */
  @Test
  @Tag("LOSS-1")
  void whatWasComplainedAboutIsNotMeasured() {
    CertifiedTimes times = new CertifiedTimes(4);
    times.onCertified(7, 1_000);
    times.onCertified(8, 1_100);
    assertTrue(times.isSample(7));
    times.onComplaint(7);
    assertFalse(times.isSample(7));
    assertTrue(times.isSample(8));
    assertEquals(1_000, times.of(7), "a late copy of it still tells how slow its pair is");
    assertFalse(times.isSample(6), "certified in an earlier life");
    for (long k = 9; k <= 11; k++) {
      times.onCertified(k, 2_000);
    }
    assertEquals(StepClock.LONG_AGO, times.of(7), "forgotten");
    assertTrue(times.isSample(11), "the place of a bundle that was complained about");
  }

  @Test
  @Tag("LOSS-1")
  void aSingleLateAckIsNoComplaint() {
    Evidence evidence = new Evidence(new LossTimer(1_000, 1_000, 8_000), 250);
    long openedAt = 1_000_000;
    assertFalse(evidence.isComplaint(openedAt + 5_000, openedAt, 0, 0));
    evidence.onJudged(openedAt + 5_000);
    assertFalse(
        evidence.isComplaint(openedAt + 5_100, openedAt, 0, 0), "from the same queue, perhaps");
    assertTrue(evidence.isComplaint(openedAt + 5_250, openedAt, 0, 0));
  }

  @Test
  @Tag("LOSS-1")
  void backingOffEndsWhereTheReplicaGetsWhatWasCertifiedLater() {
    Evidence evidence = new Evidence(new LossTimer(1_000, 1_000, 8_000), 250);
    long openedAt = 1_000_000;
    evidence.onJudged(openedAt + 1_500);
    assertFalse(
        evidence.isComplaint(openedAt + 2_000, openedAt, 2, 0), "2 s are this round's patience");
    evidence.onHeld(openedAt + 1_200);
    assertTrue(evidence.isComplaint(openedAt + 2_000, openedAt, 2, 0));
  }
}
