package dev.mallard.c3b.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.c3b.harness.Tables;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class TransmissionScheduleTest {
  private static final StakeTable EQUAL = Tables.bft(1, 25, 25, 25, 25);
  private static final StakeTable GRADED = Tables.bft(2, 40, 30, 20, 10);
  private static final StakeTable WHALE = Tables.bft(2, 97, 1, 1, 1);

  private static int[] owners(SlotRing ring) {
    return IntStream.range(0, ring.size()).map(ring::owner).toArray();
  }

  @Test
  @Tag("SCHED-1")
  void slotsAreInterleavedByStakeAndNotRuns() {
    assertArrayEquals(new int[] {0, 1, 2, 3, 0, 1, 2, 3}, owners(new SlotRing(EQUAL, 8)));
    assertArrayEquals(new int[] {0, 1, 2, 0, 1, 3, 0, 2, 1, 0}, owners(new SlotRing(GRADED, 10)));
  }

  @Test
  @Tag("SCHED-1")
  void everybodyGetsTheSlotsOfHamiltonsMethod() {
    int[] slots = new int[4];
    Arrays.stream(owners(new SlotRing(GRADED, 256))).forEach(owner -> slots[owner]++);
    assertArrayEquals(new int[] {102, 77, 51, 26}, slots);
  }

  @Test
  @Tag("SCHED-2")
  void receiversRotateByOneSlotEachQuantum() {
    TransmissionSchedule schedule = new TransmissionSchedule(EQUAL, EQUAL, 4);
    assertEquals(new SendPair(1, 1), schedule.firstPair(1));
    assertEquals(new SendPair(1, 2), schedule.firstPair(5));
    assertEquals(new SendPair(1, 0), schedule.firstPair(13));
    assertEquals(new SendPair(1, 1), schedule.firstPair(17));
  }

  @Test
  @Tag("SCHED-4")
  void aReplicaTooSmallForASlotStillTakesPartInRetransmission() {
    SlotRing ring = new SlotRing(WHALE, 4);
    assertArrayEquals(new int[] {0, 0, 0, 0}, owners(ring));
    assertArrayEquals(new int[] {0, 1, 2, 3}, ring.replicasFrom(2));
  }

  @Test
  @Tag("SCHED-4")
  void aReplicaWithoutStakeCarriesNothing() {
    StakeTable table = Tables.bft(1, 5, 0, 5);
    assertArrayEquals(new int[] {2, 0}, new SlotRing(table, 2).replicasFrom(1));
  }

  @Test
  @Tag("SCHED-5")
  void equalTablesGiveEqualSchedules() {
    TransmissionSchedule one = new TransmissionSchedule(EQUAL, GRADED, 64);
    TransmissionSchedule other =
        new TransmissionSchedule(Tables.bft(1, 25, 25, 25, 25), Tables.bft(2, 40, 30, 20, 10), 64);
    LongStream.rangeClosed(1, 500)
        .forEach(k -> {
          assertEquals(one.firstPair(k), other.firstPair(k));
          assertEquals(one.pairs(k), other.pairs(k));
        });
  }

  @Test
  @Tag("SCHED-3")
  void equalReplicasOfThreeToleratedFaultsTakeThreePairs() {
    List<SendPair> pairs = new TransmissionSchedule(EQUAL, EQUAL, 4).pairs(1);
    assertEquals(List.of(new SendPair(1, 1), new SendPair(2, 2), new SendPair(3, 3)), pairs);
  }

  @Test
  @Tag("SCHED-3")
  void stakesOfTwoHundredAndFiftyFiveBitsAreExact() {
    Stake huge = new Stake(BigInteger.TWO.pow(253));
    List<Stake> stakes = List.of(huge, huge, huge, huge.minus(Stake.of(1)));
    StakeTable table = Tables.of(1, stakes, FaultModel.bft(Tables.total(stakes)));
    List<SendPair> pairs = new TransmissionSchedule(table, Tables.bft(2, 1, 1, 1), 8).pairs(3);
    assertTrue(pairs.size() >= 2 && pairs.size() <= 7, () -> pairs.toString());
  }
}
