package dev.mallard.stake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

class StakeTallyPropertyTest {

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
