package dev.mallard.c3b.quack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.c3b.schedule.SendPair;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("LOSS-1")
final class SlowPairsTest {
  private static final SendPair PAIR = new SendPair(2, 1);
  private static final SendPair OTHER = new SendPair(2, 0);

  private final SlowPairs pairs = new SlowPairs(3_000, 1_000, 30_000);

  @Test
  void whatCrossesAfterAllTellsHowLongThePairTakes() {
    pairs.onLost(PAIR);
    assertEquals(0, pairs.patienceMillis(PAIR), "down, for all that is known");
    pairs.onCrossing(PAIR, 2_200, false);
    assertTrue(pairs.patienceMillis(PAIR) > 2_200);
    assertTrue(pairs.isExplaining(PAIR, 2_250));
    assertFalse(pairs.isExplaining(PAIR, 20_000), "the replica's own delay");
    assertEquals(0, pairs.patienceMillis(OTHER));
  }

  @Test
  void whatNobodyMissedMakesNoPairSlow() {
    pairs.onCrossing(PAIR, 5_000, true);
    assertEquals(0, pairs.patienceMillis(PAIR));
  }

  @Test
  void nobodyIsWaitedForLongerThanTwiceTheInitialTimeout() {
    for (int i = 0; i < 50; i++) {
      pairs.onCrossing(PAIR, 29_000, false);
    }
    assertEquals(6_000, pairs.patienceMillis(PAIR));
  }

  @Test
  void aPairBetweenWhichNothingCrossesAnyMoreIsNotWaitedFor() {
    pairs.onCrossing(PAIR, 4_000, false);
    for (int i = 1; i < SlowPairs.LOSSES_MAX; i++) {
      pairs.onLost(PAIR);
    }
    pairs.onCrossing(PAIR, 4_000, true);
    for (int i = 0; i < SlowPairs.LOSSES_MAX; i++) {
      assertTrue(pairs.patienceMillis(PAIR) >= 4_000);
      pairs.onLost(PAIR);
    }
    assertEquals(0, pairs.patienceMillis(PAIR));
  }

  @Test
  void aPairThatIsQuickAgainIsLikeAnyOther() {
    pairs.onCrossing(PAIR, 4_000, false);
    for (int i = 0; i < 100; i++) {
      pairs.onCrossing(PAIR, 60, true);
    }
    assertEquals(0, pairs.patienceMillis(PAIR));
    assertFalse(pairs.isExplaining(PAIR, 60));
  }

  @Test
  void onlySoManyPairsAreRemembered() {
    for (int i = 0; i < SlowPairs.PAIRS_MAX + 10; i++) {
      pairs.onCrossing(new SendPair(i, 0), 2_000, false);
    }
    assertEquals(0, pairs.patienceMillis(new SendPair(9, 0)));
    assertTrue(pairs.patienceMillis(new SendPair(10, 0)) > 2_000);
  }
}
