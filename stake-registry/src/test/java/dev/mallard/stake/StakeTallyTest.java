package dev.mallard.stake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StakeTallyTest {

  private final StakeTable table = StakeTables.of(1, 40, 30, 20, 10);

  @Test
  @Tag("QUACK-1")
  void countsEachReplicaOnce() {
    StakeTally tally = new StakeTally(table);
    assertTrue(tally.add(1));
    assertFalse(tally.add(1));
    assertFalse(tally.reaches(new Quorum(table).quack()));
    assertTrue(tally.add(3));
    assertTrue(tally.reaches(new Quorum(table).quack()));
    assertEquals(Stake.of(40), tally.stake());
    assertArrayEquals(new int[] {1, 3}, tally.replicas());
  }

  @Test
  void forgetsWhoIsTakenOut() {
    StakeTally tally = new StakeTally(table);
    tally.add(0);
    tally.add(2);
    assertTrue(tally.remove(0));
    assertFalse(tally.remove(0));
    assertEquals(Stake.of(20), tally.stake());
    tally.clear();
    assertEquals(Stake.ZERO, tally.stake());
    assertTrue(tally.add(2));
  }

  @Test
  void refusesAReplicaThatTheTableDoesNotHave() {
    StakeTally tally = new StakeTally(table);
    assertThrows(IndexOutOfBoundsException.class, () -> tally.add(4));
    assertThrows(IndexOutOfBoundsException.class, () -> tally.add(-1));
  }

  @Test
  void isExactAtTheEdgeBetweenLongAndLargeTotals() {
    for (BigInteger total : List.of(power(63).subtract(BigInteger.ONE), power(63), power(64))) {
      BigInteger rest = total.subtract(BigInteger.ONE);
      StakeTally tally = new StakeTally(StakeTables.of(1, List.of(new Stake(rest), Stake.of(1))));
      tally.add(0);
      assertTrue(tally.reaches(new Stake(rest)));
      assertFalse(tally.reaches(new Stake(total)));
      assertFalse(tally.reaches(new Stake(power(255))));
      tally.add(1);
      assertTrue(tally.reaches(new Stake(total)));
      assertEquals(new Stake(total), tally.stake());
    }
  }

  private static BigInteger power(int exponent) {
    return BigInteger.TWO.pow(exponent);
  }
}
