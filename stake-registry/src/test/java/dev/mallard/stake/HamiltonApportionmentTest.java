package dev.mallard.stake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HamiltonApportionmentTest {

  private static final Stake HUGE = new Stake(BigInteger.TWO.pow(255));

  @Test
  @Tag("SCHED-1")
  void givesAWhaleAllSlotsThatOthersTooSmallForOneLeave() {
    List<Stake> stakes = List.of(Stake.of(1), Stake.of(1_000_000), Stake.of(1), Stake.of(1));
    assertArrayEquals(new int[] {0, 100, 0, 0}, HamiltonApportionment.slots(stakes, 100));
  }

  @Test
  @Tag("SCHED-1")
  void sharesStakesWhoseSumNeedsMoreThan256Bits() {
    assertArrayEquals(
        new int[] {34, 33, 33}, HamiltonApportionment.slots(List.of(HUGE, HUGE, HUGE), 100));
    assertArrayEquals(
        new int[] {100, 0}, HamiltonApportionment.slots(List.of(HUGE, Stake.of(1)), 100));
  }

  /** Exact shares 1.25, 1.25, 1.5; then 2.8, 2.1, 1.4, 0.7. */
  @Test
  @Tag("SCHED-1")
  void givesLeftOverSlotsToTheLargestRemainders() {
    assertArrayEquals(
        new int[] {1, 1, 2},
        HamiltonApportionment.slots(List.of(Stake.of(5), Stake.of(5), Stake.of(6)), 4));
    assertArrayEquals(
        new int[] {3, 2, 1, 1},
        HamiltonApportionment.slots(
            List.of(Stake.of(40), Stake.of(30), Stake.of(20), Stake.of(10)), 7));
  }

  @Test
  @Tag("SCHED-1")
  void refusesNoStakeAtAllAndAQuantumOutOfBounds() {
    List<Stake> one = List.of(Stake.of(1));
    assertThrows(IllegalArgumentException.class, () -> HamiltonApportionment.slots(List.of(), 1));
    assertThrows(
        IllegalArgumentException.class, () -> HamiltonApportionment.slots(List.of(Stake.ZERO), 1));
    assertThrows(IllegalArgumentException.class, () -> HamiltonApportionment.slots(one, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> HamiltonApportionment.slots(one, HamiltonApportionment.QUANTUM_SLOTS_MAX + 1));
  }
}
