package dev.mallard.c3b;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.c3b.harness.FakeStream;
import dev.mallard.c3b.harness.Tables;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From offer to disk to broadcast, at replica 0 of four. */
final class ReceiveTest {
  private static final StakeTable SOURCE = Tables.bft(1, 1, 1, 1, 1);
  private static final StakeTable DESTINATION = Tables.bft(2, 1, 1, 1, 1);
  private static final Origin ACROSS = new Origin.Remote(2);
  private static final Origin PEER = new Origin.Local(3);
  private static final int WINDOW = 8;

  private static ReceiverBench bench(long executed, List<Long> held) {
    C3bParameters parameters =
        new C3bParameters(WINDOW, 4_000, WINDOW, 4, 50, 3_000, 1_000, 30_000, 100, 3_000, 4);
    return new ReceiverBench(parameters, SOURCE, DESTINATION, executed, held);
  }

  private static ReceiverBench bench() {
    return bench(0, List.of());
  }

  private static List<PeerFault> faults(ReceiverBench bench) {
    return bench.take(Effect.PeerFaulted.class).stream().map(Effect.PeerFaulted::fault).toList();
  }

  private static OfferedBundle with(OfferedBundle bundle, StreamId stream, Epoch epoch) {
    BundleHeader h = bundle.header();
    BundleHeader changed =
        new BundleHeader(
            stream,
            h.sequence(),
            epoch,
            h.blockNumber(),
            h.blockHash(),
            h.firstIndex(),
            h.lastIndex(),
            h.accBefore(),
            h.accAfter());
    return new OfferedBundle(changed, bundle.body(), bundle.proof());
  }

  @Test
  @Tag("RECV-1")
  void cheapChecksComeInOrderBeforeAnySignature() {
    ReceiverBench bench = bench();
    bench.deliver(ACROSS, 1, 3);
    bench.forget();
    OfferedBundle far = FakeStream.offered(bench.stream.get(3 + WINDOW + 1));
    bench.step(new Input.BundleOffered(ACROSS, with(far, FakeStream.ID.reverse(), new Epoch(9))));
    bench.step(new Input.BundleOffered(ACROSS, with(far, FakeStream.ID, new Epoch(9))));
    bench.step(new Input.BundleOffered(ACROSS, far));
    bench.step(new Input.BundleOffered(ACROSS, bench.stream.withFalseHeader(4)));
    assertEquals(
        List.of(
            PeerFault.UNKNOWN_STREAM,
            PeerFault.UNKNOWN_EPOCH,
            PeerFault.OUTSIDE_WINDOW,
            PeerFault.BROKEN_CONTINUITY),
        faults(bench));
    bench.offer(PEER, 2);
    assertEquals(List.of(), bench.take(Effect.VerifyBundle.class), "held already");
    bench.offer(ACROSS, 3 + WINDOW);
    assertEquals(1, bench.take(Effect.VerifyBundle.class).size());
  }

  @Test
  @Tag("RECV-1")
  void aNeighbourHeldBeyondAGapShowsAFalseHeaderToo() {
    ReceiverBench bench = bench();
    bench.deliver(ACROSS, 5, 5);
    bench.step(new Input.BundleOffered(PEER, bench.stream.withFalseHeader(4)));
    bench.step(new Input.BundleOffered(PEER, bench.stream.withFalseHeader(6)));
    assertEquals(List.of(PeerFault.BROKEN_CONTINUITY, PeerFault.BROKEN_CONTINUITY), faults(bench));
  }

  @Test
  @Tag("RECV-1")
  void whoLagsDoesNotBlameThoseWhoAreAhead() {
    ReceiverBench bench = bench();
    bench.offer(PEER, 100);
    bench.announce(2, 101, 95);
    bench.offer(ACROSS, 100);
    assertEquals(List.of(), faults(bench));
    assertEquals(List.of(), bench.take(Effect.VerifyBundle.class));
  }

  @Test
  @Tag("RECV-1")
  void aFalseCopyDoesNotSuppressTheTrueOneBehindIt() {
    ReceiverBench bench = bench();
    OfferedBundle bad = bench.stream.withFalseBody(1);
    bench.step(new Input.BundleOffered(PEER, bad));
    bench.offer(ACROSS, 1);
    bench.offer(ACROSS, 1);
    assertEquals(1, bench.take(Effect.VerifyBundle.class).size(), "the other copy waits");
    bench.step(new Input.BundleRefused(PEER, bad, PeerFault.BAD_CERTIFICATE));
    assertEquals(List.of(PeerFault.BAD_CERTIFICATE), faults(bench));
    assertEquals(
        List.of(new Effect.VerifyBundle(ACROSS, FakeStream.offered(bench.stream.get(1)))),
        bench.take(Effect.VerifyBundle.class));
    bench.step(new Input.BundleVerified(ACROSS, bench.stream.get(1)));
    assertEquals(1, bench.take(Effect.JournalBundle.class).size());
  }

  @Test
  @Tag("RECV-1")
  void whoGaveAFalseCopyMayNotCrowdOutOthersAgain() {
    ReceiverBench bench = bench();
    OfferedBundle bad = bench.stream.withFalseBody(1);
    List<Origin> liars =
        List.of(new Origin.Local(1), new Origin.Local(2), PEER, new Origin.Remote(0));
    for (Origin liar : liars) {
      bench.step(new Input.BundleOffered(liar, bad));
      bench.step(new Input.BundleRefused(liar, bad, PeerFault.BAD_CERTIFICATE));
    }
    liars.forEach(liar -> bench.step(new Input.BundleOffered(liar, bad)));
    bench.offer(ACROSS, 1);
    bench.forget();
    bench.step(new Input.BundleRefused(liars.getFirst(), bad, PeerFault.BAD_CERTIFICATE));
    assertEquals(ACROSS, bench.take(Effect.VerifyBundle.class).getFirst().origin());
  }

  @Test
  @Tag("G-4")
  void unbelievedBytesAreBounded() {
    ReceiverBench bench = bench();
    for (long k = 1; k <= WINDOW; k++) {
      for (int peer = 0; peer < 4; peer++) {
        OfferedBundle small = FakeStream.offered(bench.stream.get(k));
        bench.step(
            new Input.BundleOffered(
                new Origin.Remote(peer),
                new OfferedBundle(
                    small.header(), new FakeStream.FakeBody(1_500, peer), small.proof())));
      }
    }
    assertEquals(
        1, bench.take(Effect.VerifyBundle.class).size(), "two copies of 1500 bytes fit in 4000");
    assertEquals(1, bench.receiver.status().pending());
  }

  @Test
  @Tag("RECV-2")
  void whatCameAcrossIsBroadcastOnceItIsDurableAndWhatPeersSentIsNot() {
    ReceiverBench bench = bench();
    bench.offer(ACROSS, 1);
    bench.step(new Input.BundleVerified(ACROSS, bench.stream.get(1)));
    assertEquals(List.of(), bench.take(Effect.BroadcastBundle.class));
    bench.step(new Input.BundlesJournaled(List.of(bench.stream.get(1))));
    assertEquals(
        List.of(new Effect.BroadcastBundle(bench.stream.get(1))),
        bench.take(Effect.BroadcastBundle.class));
    bench.deliver(PEER, 2, 3);
    assertEquals(List.of(), bench.take(Effect.BroadcastBundle.class));
  }

  @Test
  @Tag("RECV-2")
  void aResendOfWhatAPeerShowedOnlyHereIsVerifiedAndPassedOn() {
    ReceiverBench bench = bench();
    bench.deliver(PEER, 1, 1);
    bench.forget();
    bench.offer(ACROSS, 1);
    assertEquals(1, bench.take(Effect.VerifyBundle.class).size());
    bench.step(new Input.BundleVerified(ACROSS, bench.stream.get(1)));
    assertEquals(1, bench.take(Effect.BroadcastBundle.class).size());
    assertEquals(List.of(), bench.take(Effect.JournalBundle.class));
    bench.offer(ACROSS, 1);
    assertEquals(List.of(), bench.take(Effect.VerifyBundle.class), "not again at once");
    bench.pass(1_000);
    bench.announce(0, 1, 1);
    bench.announce(1, 1, 1);
    bench.offer(ACROSS, 1);
    assertEquals(List.of(), bench.take(Effect.VerifyBundle.class), "nor once it is quacked");
  }

  /** Found by the simulator (seed 6): what a peer showed was passed on to all the others. */
  @Test
  @Tag("RECV-2")
  void aLocalCopyOfWhatIsHeldIsNotPassedOn() {
    ReceiverBench bench = bench();
    bench.deliver(PEER, 1, 1);
    bench.forget();
    bench.offer(new Origin.Local(2), 1);
    assertEquals(List.of(), bench.take(Effect.VerifyBundle.class));
  }

  @Test
  @Tag("RECV-3")
  @Tag("G-3")
  void nothingIsAcknowledgedBeforeItIsDurable() {
    ReceiverBench bench = bench();
    bench.pass(1_000);
    bench.forget();
    bench.announce(0, 3, 0);
    for (long k = 1; k <= 3; k++) {
      bench.offer(ACROSS, k);
      bench.step(new Input.BundleVerified(ACROSS, bench.stream.get(k)));
    }
    bench.pass(2_000);
    List<Effect.SendAck> early = bench.take(Effect.SendAck.class);
    assertTrue(early.stream().allMatch(a -> a.cumulative() == 0 && !a.phi().isHeld(1)));
    assertEquals(List.of(), bench.take(Effect.HeldAdvanced.class));
    bench.step(new Input.BundlesJournaled(List.of(bench.stream.get(1), bench.stream.get(3))));
    assertEquals(List.of(new Effect.HeldAdvanced(1)), bench.take(Effect.HeldAdvanced.class));
    bench.pass(100);
    Effect.SendAck ack = bench.take(Effect.SendAck.class).getFirst();
    assertEquals(1, ack.cumulative());
    assertTrue(ack.phi().isHeld(1) && !ack.phi().isHeld(0), () -> ack.phi().toString());
    bench.step(new Input.BundlesJournaled(List.of(bench.stream.get(2))));
    assertEquals(3, bench.receiver.held());
  }

  @Test
  @Tag("GC-3")
  @Tag("GC-1")
  void whatTheChainHasExecutedNeedNotBeHeld() {
    ReceiverBench bench = bench();
    bench.deliver(ACROSS, 1, 2);
    bench.deliver(ACROSS, 6, 6);
    bench.offer(ACROSS, 4);
    bench.forget();
    bench.execute(5);
    assertEquals(List.of(new Effect.InboundExecuted(5)), bench.take(Effect.InboundExecuted.class));
    assertEquals(List.of(new Effect.HeldAdvanced(6)), bench.take(Effect.HeldAdvanced.class));
    assertEquals(5, bench.receiver.executed());
    bench.step(new Input.BundleVerified(ACROSS, bench.stream.get(4)));
    assertEquals(List.of(), bench.take(Effect.JournalBundle.class), "too late to matter");
    bench.step(new Input.BundleOffered(ACROSS, bench.stream.withFalseHeader(7)));
    assertEquals(List.of(PeerFault.BROKEN_CONTINUITY), faults(bench));
  }

  @Test
  @Tag("GC-3")
  void afterAJumpTheChainsCountChecksContinuity() {
    ReceiverBench bench = bench();
    bench.execute(5);
    bench.step(new Input.BundleOffered(ACROSS, bench.stream.withFalseHeader(6)));
    assertEquals(List.of(PeerFault.BROKEN_CONTINUITY), faults(bench));
    bench.offer(ACROSS, 6);
    assertEquals(1, bench.take(Effect.VerifyBundle.class).size());
  }

  @Test
  @Tag("CATCH-1")
  @Tag("G-3")
  void aRestartKnowsWhatTheDiskHoldsAndTellsEverybody() {
    ReceiverBench bench = bench(10, List.of(11L, 12L, 14L));
    assertEquals(12, bench.receiver.held());
    bench.pass(1_000);
    assertEquals(List.of(new Effect.HeldAdvanced(12)), bench.take(Effect.HeldAdvanced.class));
    List<Effect.SendAck> acks = bench.take(Effect.SendAck.class);
    assertEquals(
        List.of(0, 1, 2, 3),
        acks.stream().map(Effect.SendAck::receiver).distinct().sorted().toList());
    assertTrue(acks.stream().allMatch(a -> a.cumulative() == 12 && a.phi().isHeld(1)));
    bench.offer(PEER, 13);
    assertEquals(1, bench.take(Effect.VerifyBundle.class).size());
  }

  @Test
  @Tag("G-4")
  void aHaltedLocalChainStopsTheStreamWithoutASingleComplaint() {
    ReceiverBench bench = bench();
    long limit = bench.parameters.heldAheadBundles();
    for (long k = 1; k <= limit; k += WINDOW) {
      bench.deliver(ACROSS, k, k + WINDOW - 1);
    }
    bench.pass(2_000);
    bench.forget();
    bench.announce(2, limit + 5, limit);
    bench.offer(ACROSS, limit + 1);
    bench.pass(20_000);
    assertEquals(List.of(), bench.take(Effect.VerifyBundle.class));
    assertEquals(List.of(), faults(bench));
    assertTrue(
        bench.take(Effect.SendAck.class).stream()
            .allMatch(a -> a.cumulative() == limit && a.phi().length() == 0));
    bench.execute(10);
    bench.offer(ACROSS, limit + 1);
    assertEquals(1, bench.take(Effect.VerifyBundle.class).size());
  }
}
