package dev.mallard.c3b;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.harness.FakeStream.FakeAck;
import dev.mallard.c3b.harness.Tables;
import dev.mallard.stake.StakeTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Four equal replicas on both sides, u = r = 1: two make a quack, two a loss. */
final class StreamSenderTest {
  private static final int SELF = 1;
  private static final StakeTable SOURCE = Tables.bft(1, 1, 1, 1, 1);
  private static final StakeTable DESTINATION = Tables.bft(2, 1, 1, 1, 1);

  private static C3bParameters parameters(int window, long bytes) {
    return new C3bParameters(window, bytes, window, 4, 50, 3_000, 1_000, 30_000, 100, 3_000, 64);
  }

  private static SenderBench bench(int self, int window, long bytes, long quacked) {
    return new SenderBench(parameters(window, bytes), self, SOURCE, DESTINATION, quacked);
  }

  private static SenderBench bench() {
    return bench(SELF, 16, 1 << 20, 0).started();
  }

  private static List<Long> sent(SenderBench bench) {
    return bench.take(Effect.SendBundle.class).stream().map(s -> s.bundle().sequence()).toList();
  }

  @Test
  @Tag("SEND-1")
  void sendsItsTurnsOnceAndNothingElse() {
    SenderBench bench = bench();
    bench.certify(1, 12);
    List<Effect.SendBundle> sends = bench.take(Effect.SendBundle.class);
    assertEquals(List.of(1L, 5L, 9L), sends.stream().map(s -> s.bundle().sequence()).toList());
    assertEquals(List.of(1, 2, 3), sends.stream().map(Effect.SendBundle::receiver).toList());
    assertTrue(sends.stream().allMatch(s -> s.round() == 0));
    bench.pass(600_000);
    assertEquals(List.of(), sent(bench), "silence alone is no loss");
  }

  @Test
  @Tag("SEND-1")
  void allSendersTogetherSendEachBundleOnce() {
    List<Long> all =
        LongStream.range(0, 4)
            .mapToObj(self -> {
              SenderBench bench = bench((int) self, 64, 1 << 20, 0).started();
              bench.certify(1, 40);
              return sent(bench);
            })
            .flatMap(List::stream)
            .sorted()
            .toList();
    assertEquals(LongStream.rangeClosed(1, 40).boxed().toList(), all);
  }

  @Test
  @Tag("SEND-2")
  void theWindowClosesTheIntakeAndHoldsBackWhatComesLate() {
    SenderBench bench = bench(SELF, 4, 1 << 20, 0).started();
    bench.certify(1, 4);
    assertEquals(List.of(new Effect.IntakeChanged(false)), bench.take(Effect.IntakeChanged.class));
    bench.certify(5, 6);
    assertEquals(List.of(1L), sent(bench), "5 is this one's turn, but lies beyond the window");
    assertEquals(4, bench.sender.inFlight());
    bench.ack(0, 2, PhiList.EMPTY);
    bench.ack(2, 2, PhiList.EMPTY);
    assertEquals(List.of(5L), sent(bench));
    assertFalse(bench.sender.isIntakeOpen());
    bench.ack(2, 3, PhiList.EMPTY);
    bench.ack(0, 3, PhiList.EMPTY);
    assertEquals(List.of(new Effect.IntakeChanged(true)), bench.take(Effect.IntakeChanged.class));
  }

  @Test
  @Tag("SEND-2")
  void whoeverIgnoresTheClosedIntakeIsStopped() {
    SenderBench bench = bench(SELF, 4, 1 << 20, 0).started();
    bench.certify(1, 8);
    assertThrows(IllegalStateException.class, () -> bench.certify(9, 9));
  }

  @Test
  @Tag("SEND-2")
  void bytesCloseTheWindowTooButALargeBundleFliesAlone() {
    SenderBench bench = bench(SELF, 16, 450, 0).started();
    bench.certify(1, 3); // 100 + 200 + 300 bytes
    assertEquals(2, bench.sender.inFlight());
    assertFalse(bench.sender.isIntakeOpen());
    bench.ack(0, 2, PhiList.EMPTY);
    bench.ack(1, 2, PhiList.EMPTY);
    bench.certify(4, 5); // 400, 500 bytes
    bench.ack(0, 4, PhiList.EMPTY);
    bench.ack(1, 4, PhiList.EMPTY);
    assertEquals(1, bench.sender.inFlight(), "500 bytes in a window of 450");
  }

  @Test
  @Tag("SEND-3")
  void framesCarryTheFrontier() {
    SenderBench bench = bench();
    bench.certify(1, 3);
    bench.ack(0, 2, PhiList.EMPTY);
    bench.ack(3, 2, PhiList.EMPTY);
    bench.forget();
    bench.certify(4, 5);
    Effect.SendBundle send = bench.take(Effect.SendBundle.class).getFirst();
    assertEquals(5, send.top());
    assertEquals(2, send.quacked());
  }

  @Test
  @Tag("SEND-3")
  void aSilentTailIsAnnouncedToAllWhoLagEverMoreRarely() {
    SenderBench bench = bench();
    bench.certify(1, 2);
    bench.ack(3, 2, PhiList.EMPTY);
    bench.pass(900);
    List<Effect.SendAnnounce> first = bench.take(Effect.SendAnnounce.class);
    assertEquals(
        List.of(0, 1, 2), first.stream().map(Effect.SendAnnounce::receiver).sorted().toList());
    assertTrue(first.stream().allMatch(a -> a.top() == 2 && a.quacked() == 0));
    bench.pass(60_000);
    int inAMinute = bench.take(Effect.SendAnnounce.class).size();
    assertTrue(inAMinute >= 3 && inAMinute <= 3 * 25, () -> inAMinute + " announcements");
    bench.ack(0, 2, PhiList.EMPTY);
    bench.forget();
    bench.pass(60_000);
    assertEquals(List.of(), bench.take(Effect.SendAnnounce.class), "nothing is outstanding");
  }

  @Test
  @Tag("QUACK-1")
  void aQuackTakesMoreThanMayFail() {
    SenderBench bench = bench();
    bench.certify(1, 6);
    bench.ack(0, 5, PhiList.EMPTY);
    assertEquals(0, bench.sender.quacked());
    bench.ack(2, 3, PhiList.EMPTY);
    assertEquals(3, bench.sender.quacked());
    assertEquals(3, bench.take(Effect.BundleQuacked.class).size());
    bench.ack(2, 1, PhiList.EMPTY);
    assertEquals(3, bench.sender.quacked(), "p never falls");
  }

  @Test
  @Tag("QUACK-1")
  void aPhiListQuacksSingleBundlesButMovesNoFrontier() {
    SenderBench bench = bench();
    bench.certify(1, 6);
    bench.ack(0, 0, PhiList.of(new long[] {0b1010}, 6)); // holds 2 and 4
    bench.ack(1, 3, PhiList.EMPTY);
    assertEquals(List.of(new Effect.BundleQuacked(2)), bench.take(Effect.BundleQuacked.class));
    assertEquals(0, bench.sender.quacked());
  }

  @Test
  @Tag("QUACK-1")
  void absurdNumbersOfALiarDecideNothing() {
    SenderBench bench = bench();
    bench.certify(1, 6);
    for (long lie : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, -1, Long.MAX_VALUE - 3}) {
      bench.missing(0, lie, 16);
    }
    bench.certify(7, 8);
    assertEquals(0, bench.sender.quacked());
    bench.ack(2, 4, PhiList.EMPTY);
    assertEquals(4, bench.sender.quacked());
  }

  @Test
  @Tag("QUACK-2")
  @Tag("GC-1")
  void theFrontierComesWithItsSignedAcksAndDropsState() {
    SenderBench bench = bench();
    bench.certify(1, 6);
    bench.ack(0, 5, PhiList.EMPTY);
    bench.ack(2, 4, PhiList.EMPTY);
    assertEquals(
        List.of(new Effect.QuackAdvanced(4, Map.of(0, new FakeAck(0, 5), 2, new FakeAck(2, 4)))),
        bench.take(Effect.QuackAdvanced.class));
    assertEquals(2, bench.sender.inFlight());
  }

  @Test
  @Tag("GC-1")
  void aReplicaBehindItsPeersLearnsTheFrontierAndSendsNothingBelow() {
    SenderBench bench = bench();
    bench.certify(1, 2);
    bench.ack(0, 9, PhiList.EMPTY);
    bench.ack(1, 9, PhiList.EMPTY);
    assertEquals(9, bench.sender.quacked());
    bench.forget();
    bench.certify(3, 13);
    assertEquals(List.of(13L), sent(bench), "5 and 9 were this one's turns too");
    assertEquals(4, bench.sender.inFlight());
  }

  // --- losses ---

  /**
   * Bundles 1 to 4 are certified, everybody holds 1, 3, 4; replicas as given show 2 missing, twice.
   */
  private static SenderBench withLoss(int self, int... complainers) {
    SenderBench bench = bench(self, 16, 1 << 20, 0).started();
    bench.certify(1, 4);
    bench.pass(100);
    complain(bench, complainers);
    bench.pass(1_000);
    bench.forget();
    complain(bench, complainers);
    bench.pass(400);
    complain(bench, complainers);
    return bench;
  }

  private static void complain(SenderBench bench, int... complainers) {
    for (int replica : complainers) {
      bench.ack(replica, 1, PhiList.of(new long[] {0b110}, 3));
    }
  }

  @Test
  @Tag("LOSS-1")
  void whatMayLieAloneNeverCausesAResend() {
    SenderBench bench = withLoss(3, 0);
    for (int i = 0; i < 200; i++) {
      bench.pass(1_000);
      complain(bench, 0);
    }
    assertEquals(List.of(), bench.take(Effect.RoundOpened.class));
    assertEquals(List.of(), sent(bench));
  }

  @Test
  @Tag("LOSS-1")
  @Tag("LOSS-2")
  void aComplaintQuorumOpensARoundAndOnlyItsSenderResends() {
    for (int self = 0; self < 4; self++) {
      SenderBench bench = withLoss(self, 0, 2);
      assertEquals(List.of(new Effect.RoundOpened(2, 1)), bench.take(Effect.RoundOpened.class));
      List<Effect.SendBundle> sends = bench.take(Effect.SendBundle.class);
      var pair = bench.schedule.pairs(2).get(1);
      assertEquals(pair.sender() == self ? 1 : 0, sends.size());
      assertTrue(sends.stream().allMatch(s -> s.receiver() == pair.receiver() && s.round() == 1));
    }
  }

  @Test
  @Tag("LOSS-1")
  void earlyOrSingleOrSpokenOfAcksAreNoComplaints() {
    SenderBench bench = bench();
    bench.certify(1, 4);
    bench.pass(2_000);
    complain(bench, 0, 2);
    bench.pass(500);
    complain(bench, 0, 2);
    bench.pass(600);
    bench.ack(0, 1, PhiList.EMPTY);
    bench.ack(2, 1, PhiList.EMPTY);
    complain(bench, 0, 2);
    assertEquals(List.of(), bench.take(Effect.RoundOpened.class));
  }

  @Test
  @Tag("LOSS-1")
  void ownPausesAreNotTakenForTheSilenceOfOthers() {
    SenderBench bench = bench();
    bench.certify(1, 4);
    for (int i = 0; i < 5; i++) {
      bench.pause(10_000); // acks have waited in the queue
      complain(bench, 0, 2);
    }
    assertEquals(List.of(), bench.take(Effect.RoundOpened.class));
  }

  @Test
  @Tag("LOSS-1")
  void anOvertakenAckShowsNothingMissing() {
    SenderBench bench = withLoss(SELF);
    bench.ack(0, 4, PhiList.EMPTY);
    bench.pass(400);
    complain(bench, 0, 2);
    bench.pass(400);
    complain(bench, 0, 2);
    assertEquals(List.of(), bench.take(Effect.RoundOpened.class), "0 holds it, 2 alone complains");
  }

  @Test
  @Tag("LOSS-2")
  void severalBundlesRecoverAtOnceAndRoundsWalkThePairsAgain() {
    SenderBench bench = bench(0, 16, 1 << 20, 0).started();
    bench.certify(1, 6);
    for (int i = 0; i < 3_000; i++) {
      bench.pass(100);
      bench.missing(1, 0, 6);
      bench.missing(2, 0, 6);
    }
    List<Effect.RoundOpened> rounds = bench.take(Effect.RoundOpened.class);
    assertEquals(6, rounds.stream().filter(r -> r.round() == 1).count());
    int highest = rounds.stream().mapToInt(Effect.RoundOpened::round).max().orElse(0);
    assertTrue(
        highest > 3 && highest < 20, "after 3 pairs the walk starts over, backed off: " + highest);
    for (Effect.SendBundle send : bench.take(Effect.SendBundle.class)) {
      var pairs = bench.schedule.pairs(send.bundle().sequence());
      assertEquals(0, pairs.get(send.round() % pairs.size()).sender());
    }
  }

  // --- restart and views ---

  @Test
  @Tag("CATCH-1")
  void aRestartResendsNothingUntilALossShows() {
    SenderBench bench = bench(SELF, 16, 1 << 20, 7);
    bench.certify(8, 14);
    bench.started();
    assertEquals(List.of(), sent(bench));
    assertEquals(7, bench.sender.inFlight());
    bench.pass(300);
    assertEquals(4, bench.take(Effect.SendAnnounce.class).size(), "but everybody is told");
    bench.certify(15, 17);
    assertEquals(List.of(17L), sent(bench));
    bench.pass(3_000);
    bench.missing(0, 7, 7);
    bench.missing(2, 7, 7);
    bench.pass(300);
    bench.missing(0, 7, 7);
    bench.missing(2, 7, 7);
    assertEquals(7, bench.take(Effect.RoundOpened.class).size());
  }

  @Test
  @Tag("GC-2")
  void aReplicaThatLongLagsBehindTheFrontierIsToldAtAFallingRate() {
    SenderBench bench = bench();
    bench.certify(1, 4);
    bench.ack(0, 4, PhiList.EMPTY);
    bench.ack(1, 4, PhiList.EMPTY);
    bench.ack(3, 2, PhiList.EMPTY);
    assertEquals(List.of(), bench.take(Effect.SendAnnounce.class), "it may well be on its way");
    bench.pass(2_000);
    bench.forget();
    for (int i = 0; i < 100; i++) {
      bench.pass(100);
      bench.ack(3, 2, PhiList.EMPTY);
    }
    List<Effect.SendAnnounce> told = bench.take(Effect.SendAnnounce.class);
    assertTrue(told.stream().allMatch(a -> a.receiver() == 3 && a.quacked() == 4));
    assertTrue(!told.isEmpty() && told.size() <= 6, () -> told.size() + " in ten seconds");
  }

  @Test
  void statusSaysOnWhomTheOldestBundleWaits() {
    SenderBench bench = withLoss(SELF, 0, 2);
    bench.ack(3, 2, PhiList.EMPTY);
    SenderStatus status = bench.sender.status();
    assertEquals(List.of(1L, 0L, 1L, 2L), status.acknowledged());
    assertEquals(1, status.quacked());
    assertEquals(Optional.of(new SenderStatus.Waiting(2, 1, List.of(0, 1, 2))), status.oldest());
  }

  @Test
  void aGapInTheCertifiedBundlesIsABug() {
    SenderBench bench = bench();
    assertThrows(IllegalStateException.class, () -> bench.certify(2, 2));
  }
}
