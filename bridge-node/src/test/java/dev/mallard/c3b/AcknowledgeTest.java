package dev.mallard.c3b;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.c3b.harness.Tables;
import dev.mallard.stake.StakeTable;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Acks and fetches of replica 0 of four, against four source replicas with u = r = 1. */
final class AcknowledgeTest {
  private static final StakeTable SOURCE = Tables.bft(1, 1, 1, 1, 1);
  private static final StakeTable DESTINATION = Tables.bft(2, 1, 1, 1, 1);
  private static final Origin ACROSS = new Origin.Remote(2);

  private static ReceiverBench bench() {
    C3bParameters parameters =
        new C3bParameters(64, 1 << 20, 8, 4, 50, 3_000, 1_000, 30_000, 100, 3_000, 4);
    ReceiverBench bench = new ReceiverBench(parameters, SOURCE, DESTINATION, 0, List.of());
    bench.pass(2_000);
    bench.forget();
    return bench;
  }

  private static List<Integer> receivers(List<Effect.SendAck> acks) {
    return acks.stream().map(Effect.SendAck::receiver).toList();
  }

  @Test
  @Tag("ACK-1")
  void thePhiListSpeaksOfWhatIsKnownAndNoMoreThanItsLimit() {
    ReceiverBench bench = bench();
    bench.deliver(ACROSS, 1, 1);
    bench.deliver(ACROSS, 3, 4);
    bench.deliver(ACROSS, 20, 20);
    bench.pass(500);
    Effect.SendAck ack = bench.take(Effect.SendAck.class).getLast();
    assertEquals(1, ack.cumulative());
    assertEquals("phi[01100000]", ack.phi().toString());
    bench.deliver(ACROSS, 2, 2);
    bench.deliver(ACROSS, 5, 17);
    bench.pass(500);
    assertEquals("phi[001]", bench.take(Effect.SendAck.class).getLast().phi().toString());
  }

  @Test
  @Tag("ACK-2")
  void progressIsToldAtOnceAndThenToEachSourceReplicaInTurn() {
    ReceiverBench bench = bench();
    bench.deliver(ACROSS, 1, 1);
    assertEquals(1, bench.take(Effect.SendAck.class).size(), "without waiting for a tick");
    bench.deliver(ACROSS, 2, 2);
    assertEquals(List.of(), bench.take(Effect.SendAck.class), "one ack an interval is enough");
    bench.pass(400);
    List<Effect.SendAck> acks = bench.take(Effect.SendAck.class);
    assertEquals(List.of(0, 1, 2, 3), receivers(acks).stream().sorted().toList());
    assertTrue(acks.stream().allMatch(a -> a.cumulative() == 2));
  }

  @Test
  @Tag("ACK-2")
  void anIdleStreamFallsSilentButForAHeartbeat() {
    ReceiverBench bench = bench();
    bench.deliver(ACROSS, 1, 1);
    bench.pass(1_000);
    bench.forget();
    bench.pass(30_000);
    List<Effect.SendAck> acks = bench.take(Effect.SendAck.class);
    assertTrue(acks.size() >= 9 && acks.size() <= 10, () -> acks.size() + " in ten heartbeats");
    assertEquals(4, receivers(acks).stream().distinct().count());
  }

  @Test
  @Tag("ACK-2")
  void whatIsMissingIsToldAgainAndAgain() {
    ReceiverBench bench = bench();
    bench.deliver(ACROSS, 2, 2);
    bench.pass(3_000);
    List<Effect.SendAck> acks = bench.take(Effect.SendAck.class);
    IntStream.range(0, 4)
        .forEach(i ->
            assertTrue(
                acks.stream().filter(a -> a.receiver() == i).count() >= 2,
                "a complaint takes two acks"));
    assertTrue(acks.stream().allMatch(a -> a.cumulative() == 0 && a.phi().isHeld(1)));
  }

  @Test
  @Tag("ACK-2")
  @Tag("G-4")
  void aLiarsHugeTopCausesNoChatter() {
    ReceiverBench bench = bench();
    for (int i = 0; i < 600; i++) {
      bench.announce(1, Long.MAX_VALUE, 0);
      bench.pass(100);
    }
    int acks = bench.take(Effect.SendAck.class).size();
    assertTrue(acks <= 150, () -> acks + " acks in a minute");
    assertEquals(List.of(), bench.take(Effect.FetchBundles.class));
  }

  @Test
  @Tag("ACK-2")
  void aSenderThatSeemsToHaveMissedAnAckGetsAnother() {
    ReceiverBench bench = bench();
    bench.deliver(ACROSS, 1, 3);
    bench.pass(1_000);
    bench.forget();
    bench.announce(2, 3, 1);
    bench.pass(300);
    List<Effect.SendAck> acks = bench.take(Effect.SendAck.class);
    assertEquals(List.of(2), receivers(acks));
    bench.announce(2, 3, 3);
    bench.pass(300);
    assertEquals(List.of(), bench.take(Effect.SendAck.class));
  }

  @Test
  @Tag("GC-2")
  void whatACorrectPeerMustHoldIsFetchedFromOnePeerAfterTheOther() {
    ReceiverBench bench = bench();
    bench.announce(0, 9, 9);
    bench.pass(5_000);
    assertEquals(List.of(), bench.take(Effect.FetchBundles.class), "one replica may lie");
    bench.announce(3, 9, 9);
    bench.pass(200);
    assertEquals(List.of(), bench.take(Effect.FetchBundles.class), "it may be on its way");
    bench.pass(1_200);
    assertEquals(
        List.of(
            new Effect.FetchBundles(1, 1, 4),
            new Effect.FetchBundles(2, 5, 4),
            new Effect.FetchBundles(3, 9, 1)),
        bench.take(Effect.FetchBundles.class));
    bench.deliver(new Origin.Local(2), 5, 8);
    bench.pass(5_000);
    List<Effect.FetchBundles> again = bench.take(Effect.FetchBundles.class);
    assertFalse(again.stream().anyMatch(f -> f.from() > 4 && f.from() < 9));
    assertTrue(
        again.stream().anyMatch(f -> f.from() == 1 && f.replica() != 1), "another peer's turn");
    bench.deliver(new Origin.Local(3), 1, 4);
    bench.deliver(new Origin.Local(3), 9, 9);
    bench.forget();
    bench.pass(60_000);
    assertEquals(List.of(), bench.take(Effect.FetchBundles.class));
    assertEquals(
        List.of(), bench.take(Effect.BroadcastBundle.class), "fetched is not re-broadcast");
  }

  @Test
  @Tag("GC-2")
  @Tag("G-4")
  void peersAreServedInMeasure() {
    ReceiverBench bench = bench();
    bench.deliver(ACROSS, 1, 6);
    bench.step(new Input.FetchAsked(3, 5, 4));
    assertEquals(List.of(new Effect.ServeBundles(3, 5, 2)), bench.take(Effect.ServeBundles.class));
    bench.step(new Input.FetchAsked(3, 7, 4));
    assertEquals(List.of(), bench.take(Effect.ServeBundles.class));
    bench.step(new Input.FetchAsked(3, 1, 5_000));
    bench.step(new Input.FetchAsked(3, -1, 4));
    bench.step(new Input.FetchAsked(3, Long.MAX_VALUE, 4));
    assertEquals(2, bench.take(Effect.PeerFaulted.class).size());
    for (int i = 0; i < 100; i++) {
      bench.step(new Input.FetchAsked(3, 1, 4));
    }
    int served = bench.take(Effect.ServeBundles.class).size();
    assertTrue(served > 0 && served <= 8, () -> served + " of 100 at once");
    assertTrue(
        bench.take(Effect.PeerFaulted.class).stream().allMatch(f -> f.fault() == PeerFault.FLOOD));
  }

  @Test
  void statusNamesWhatIsMissing() {
    ReceiverBench bench = bench();
    bench.deliver(ACROSS, 2, 2);
    bench.announce(0, 4, 0);
    bench.announce(1, 4, 0);
    ReceiverStatus status = bench.receiver.status();
    assertEquals(List.of(1L, 3L, 4L), status.missing());
    assertEquals(4, status.announcedTop());
    assertEquals(2, status.highest());
  }
}
