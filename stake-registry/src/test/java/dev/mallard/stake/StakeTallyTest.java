package dev.mallard.stake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
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
      StakeTally tally =
          new StakeTally(StakeTables.of(1, List.of(new Stake(rest), Stake.of(1))));
      tally.add(0);
      assertTrue(tally.reaches(new Stake(rest)));
      assertFalse(tally.reaches(new Stake(total)));
      assertFalse(tally.reaches(new Stake(power(255))));
      tally.add(1);
      assertTrue(tally.reaches(new Stake(total)));
      assertEquals(new Stake(total), tally.stake());
    }
  }

  @Property
  void agreesWithTheSumOverASet(
      @ForAll("tables") StakeTable given,
      @ForAll @Size(max = 80) List<@IntRange(min = 0, max = 39) Integer> moves,
      @ForAll @IntRange(min = 0, max = 39) int probe) {
    StakeTally tally = new StakeTally(given);
    Set<Integer> members = new HashSet<>();
    for (int move : moves) {
      int replica = move % given.size();
      if (move % 3 == 0) {
        assertEquals(members.remove(replica), tally.remove(replica));
      } else {
        assertEquals(members.add(replica), tally.add(replica));
      }
    }
    Stake expected = members.stream().map(given::stakeOf).reduce(Stake.ZERO, Stake::plus);
    Stake threshold = given.stakeOf(probe % given.size());
    assertEquals(expected, tally.stake());
    assertEquals(members.size(), tally.size());
    assertEquals(expected.isAtLeast(threshold), tally.reaches(threshold));
    assertTrue(tally.reaches(expected));
    assertFalse(tally.reaches(expected.plus(Stake.of(1))));
  }

  @Provide
  Arbitrary<StakeTable> tables() {
    Arbitrary<List<Stake>> small = stakesBelow(BigInteger.valueOf(100));
    return Arbitraries.oneOf(small, stakesBelow(power(57)), stakesBelow(power(249)))
        .map(stakes -> StakeTables.of(1, stakes));
  }

  private static Arbitrary<List<Stake>> stakesBelow(BigInteger max) {
    return Arbitraries.bigIntegers()
        .between(BigInteger.ONE, max)
        .map(Stake::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  private static BigInteger power(int exponent) {
    return BigInteger.TWO.pow(exponent);
  }
}
