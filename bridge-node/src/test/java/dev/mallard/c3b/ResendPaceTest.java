package dev.mallard.c3b;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.c3b.ack.LastCrossing;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.harness.Tables;
import dev.mallard.c3b.schedule.SendPair;
import dev.mallard.stake.StakeTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Four equal replicas on both sides, u = r = 1; destination replica 2 lies. */
final class ResendPaceTest {
  private static final StakeTable SOURCE = Tables.bft(1, 1, 1, 1, 1);
  private static final StakeTable DESTINATION = Tables.bft(2, 1, 1, 1, 1);
  private static final C3bParameters PARAMETERS =
      new C3bParameters(16, 1 << 20, 16, 4, 50, 3_000, 1_000, 30_000, 100, 3_000, 64);

  private static final PhiList ALL_BUT_1 = PhiList.of(new long[] {0b1110}, 4);
  private static final PhiList ALL_BUT_1_AND_2 = PhiList.of(new long[] {0b1100}, 4);

  private final SenderBench bench =
      new SenderBench(PARAMETERS, 0, SOURCE, DESTINATION, 0).started();

  /**
   * The liar has made the pair of the first resend round a slow one, by complaining of what it got
   * and then naming it. Twice the initial time-out is 6 s, whatever the round.
   */
  @Test
  @Tag("LOSS-1")
  @Tag("LOSS-2")
  void slowPairsAreWaitedForOnceAndNotInEachRound() {
    assertEquals(new SendPair(2, 2), bench.schedule.pairs(1).get(1));
    bench.certify(1, 4);
    bench.pass(100);
    tell(LastCrossing.NONE);
    bench.pass(1_100);
    tell(LastCrossing.NONE);
    bench.pass(300);
    tell(LastCrossing.NONE);
    assertEquals(List.of(new Effect.RoundOpened(1, 1)), bench.take(Effect.RoundOpened.class));
    bench.pass(600);
    List<Effect.RoundOpened> rounds = new ArrayList<>();
    for (int millis = 2_100; millis < 7_200; millis += 300) {
      tell(new LastCrossing(2, 2));
      rounds.addAll(bench.take(Effect.RoundOpened.class));
      assertTrue(millis > 6_000 || rounds.isEmpty(), "at " + millis);
      bench.pass(300);
    }
    assertEquals(new Effect.RoundOpened(1, 2), rounds.getFirst());
  }

  private void tell(LastCrossing crossing) {
    bench.ack(0, 0, ALL_BUT_1);
    bench.ack(3, 0, ALL_BUT_1);
    bench.ack(2, 0, ALL_BUT_1_AND_2, crossing);
  }
}
