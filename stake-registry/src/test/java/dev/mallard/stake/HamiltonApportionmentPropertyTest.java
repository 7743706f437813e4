package dev.mallard.stake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

class HamiltonApportionmentPropertyTest {

  private static final BigInteger STAKE_UNITS_MAX =
      BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
  private static final Stake HUGE = new Stake(BigInteger.TWO.pow(255));

  @Property
  @Tag("SCHED-1")
  void handsOutExactlyTheQuantum(
      @ForAll("stakes") List<Stake> stakes, @ForAll @IntRange(min = 1, max = 5000) int quantum) {
    assertEquals(quantum, Arrays.stream(HamiltonApportionment.slots(stakes, quantum)).sum());
  }

  @Property
  @Tag("SCHED-1")
  void keepsEveryReplicaWithinOneSlotOfItsExactShare(
      @ForAll("stakes") List<Stake> stakes, @ForAll @IntRange(min = 1, max = 5000) int quantum) {
    int[] slots = HamiltonApportionment.slots(stakes, quantum);
    BigInteger total = sum(stakes);
    for (int i = 0; i < slots.length; i++) {
      BigInteger exact = stakes.get(i).units().multiply(BigInteger.valueOf(quantum));
      BigInteger given = BigInteger.valueOf(slots[i]).multiply(total);
      BigInteger distance = given.subtract(exact).abs();
      assertTrue(distance.compareTo(total) < 0, "replica " + i + " has " + slots[i] + " slots");
    }
  }

  @Property
  @Tag("SCHED-1")
  void givesNoSlotToZeroStakeAndNeverLessToMoreStake(
      @ForAll("stakes") List<Stake> stakes, @ForAll @IntRange(min = 1, max = 500) int quantum) {
    int[] slots = HamiltonApportionment.slots(stakes, quantum);
    for (int i = 0; i < slots.length; i++) {
      assertTrue(!stakes.get(i).isZero() || slots[i] == 0, "zero stake got a slot");
      for (int j = 0; j < slots.length; j++) {
        boolean isRicher = stakes.get(i).compareTo(stakes.get(j)) > 0;
        assertTrue(!isRicher || slots[i] >= slots[j], "more stake got fewer slots");
      }
    }
  }

  @Property
  @Tag("SCHED-1")
  void doesNotDependOnInputOrderButForTies(
      @ForAll("stakes") List<Stake> stakes,
      @ForAll @IntRange(min = 1, max = 500) int quantum,
      @ForAll Random random) {
    Assume.that(!hasTiedUnequals(stakes, quantum));
    List<Stake> shuffled = new ArrayList<>(stakes);
    Collections.shuffle(shuffled, random);
    assertEquals(
        slotsByStake(stakes, HamiltonApportionment.slots(stakes, quantum)),
        slotsByStake(shuffled, HamiltonApportionment.slots(shuffled, quantum)));
  }

  /** Unequal stakes with equal remainders: their tie is broken by index, so order matters. */
  private static boolean hasTiedUnequals(List<Stake> stakes, int quantum) {
    BigInteger total = stakes.stream().map(Stake::units).reduce(BigInteger.ZERO, BigInteger::add);
    if (total.signum() == 0) {
      return false;
    }
    List<Stake> distinct = stakes.stream().distinct().toList();
    BigInteger slots = BigInteger.valueOf(quantum);
    return distinct.stream().map(s -> s.units().multiply(slots).mod(total)).distinct().count()
        != distinct.size();
  }

  @Property
  @Tag("SCHED-1")
  void breaksTiesByIndex(
      @ForAll @IntRange(min = 1, max = 200) int replicas, @ForAll("units") BigInteger each) {
    int quantum = replicas + replicas / 2;
    int[] slots =
        HamiltonApportionment.slots(Collections.nCopies(replicas, stakeAboveZero(each)), quantum);
    for (int i = 0; i < replicas; i++) {
      assertEquals(i < replicas / 2 ? 2 : 1, slots[i], "replica " + i);
    }
  }

  @Property
  @Tag("SCHED-1")
  void scalingAllStakesChangesNothing(
      @ForAll("smallStakes") List<Stake> stakes,
      @ForAll @IntRange(min = 1, max = 500) int quantum,
      @ForAll @IntRange(min = 1, max = 190) int shift) {
    List<Stake> scaled = stakes.stream().map(s -> new Stake(s.units().shiftLeft(shift))).toList();
    assertArrayEquals(
        HamiltonApportionment.slots(stakes, quantum), HamiltonApportionment.slots(scaled, quantum));
  }

  @Property
  @Tag("SCHED-1")
  void givesEverythingToTheOnlyStake(
      @ForAll @IntRange(min = 0, max = 99) int whose,
      @ForAll @IntRange(min = 1, max = 5000) int quantum,
      @ForAll("units") BigInteger units) {
    List<Stake> stakes = new ArrayList<>(Collections.nCopies(100, Stake.ZERO));
    stakes.set(whose, stakeAboveZero(units));
    int[] expected = new int[100];
    expected[whose] = quantum;
    assertArrayEquals(expected, HamiltonApportionment.slots(stakes, quantum));
  }

  @Provide
  Arbitrary<List<Stake>> stakes() {
    Arbitrary<Stake> any = units().map(Stake::new);
    Arbitrary<Stake> mixed = Arbitraries.oneOf(any, smallStake(), Arbitraries.of(Stake.ZERO, HUGE));
    return mixed.list().ofMinSize(1).ofMaxSize(60).filter(list -> sum(list).signum() > 0);
  }

  @Provide
  Arbitrary<List<Stake>> smallStakes() {
    return smallStake().list().ofMinSize(1).ofMaxSize(60).filter(list -> sum(list).signum() > 0);
  }

  @Provide
  Arbitrary<BigInteger> units() {
    return Arbitraries.bigIntegers().between(BigInteger.ZERO, STAKE_UNITS_MAX);
  }

  private static Arbitrary<Stake> smallStake() {
    return Arbitraries.longs().between(0, 100).map(Stake::of);
  }

  private static Stake stakeAboveZero(BigInteger units) {
    return new Stake(units.max(BigInteger.ONE));
  }

  private static BigInteger sum(List<Stake> stakes) {
    return stakes.stream().map(Stake::units).reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** How many slots all replicas of one stake hold, each replica's number kept, their order not. */
  private static Map<Stake, List<Integer>> slotsByStake(List<Stake> stakes, int[] slots) {
    Map<Stake, List<Integer>> byStake = new HashMap<>();
    for (int i = 0; i < slots.length; i++) {
      byStake.computeIfAbsent(stakes.get(i), s -> new ArrayList<>()).add(slots[i]);
    }
    byStake.values().forEach(Collections::sort);
    return new TreeMap<>(byStake);
  }
}
