package dev.mallard.c3b.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.c3b.harness.Tables;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class SchedulePropertyTest {
  @Provide
  Arbitrary<StakeTable> tables() {
    Arbitrary<long[]> stakes =
        Arbitraries.longs().between(1, 100).array(long[].class).ofMinSize(1).ofMaxSize(5);
    return Arbitraries.oneOf(stakes.map(s -> Tables.bft(1, s)), stakes.map(s -> Tables.cft(1, s)));
  }

  @Property(tries = 100)
  @Tag("SCHED-2")
  void everySenderSlotMeetsEveryReceiverSlot(@ForAll @IntRange(min = 1, max = 12) int quantum) {
    StakeTable table = Tables.bft(1, 3, 2, 2);
    TransmissionSchedule schedule = new TransmissionSchedule(table, table, quantum);
    Set<Integer> met = new HashSet<>();
    for (long k = 1; k <= (long) quantum * quantum; k++) {
      met.add(schedule.senderSlot(k) * quantum + schedule.receiverSlot(k));
    }
    assertEquals(quantum * quantum, met.size());
  }

  @Property(tries = 300)
  @Tag("SCHED-1")
  void noPrefixStraysFarFromTheExactShare(
      @ForAll("tables") StakeTable table, @ForAll @IntRange(min = 1, max = 64) int quantum) {
    SlotRing ring = new SlotRing(table, quantum);
    int[] total = new int[table.size()];
    for (int slot = 0; slot < quantum; slot++) {
      total[ring.owner(slot)]++;
    }
    int[] soFar = new int[table.size()];
    for (int slot = 0; slot < quantum; slot++) {
      soFar[ring.owner(slot)]++;
      for (int i = 0; i < table.size(); i++) {
        double exact = (double) total[i] * (slot + 1) / quantum;
        assertTrue(Math.abs(soFar[i] - exact) < table.size(), "replica " + i + " at slot " + slot);
      }
    }
  }

  @Property(tries = 300)
  @Tag("SCHED-3")
  void pairsBeginWithTheFirstAndEnd(
      @ForAll("tables") StakeTable source,
      @ForAll("tables") StakeTable destination,
      @ForAll @LongRange(min = 1, max = 10_000) long sequence) {
    TransmissionSchedule schedule = new TransmissionSchedule(source, destination, 16);
    List<SendPair> pairs = schedule.pairs(sequence);
    assertEquals(schedule.firstPair(sequence), pairs.getFirst());
    assertTrue(pairs.size() < source.size() + destination.size());
    assertEquals(pairs.size(), new HashSet<>(pairs).size());
  }

  @Property(tries = 300)
  @Tag("SCHED-3")
  void whateverMayFailOnePairJoinsTwoCorrectReplicas(
      @ForAll("tables") StakeTable source,
      @ForAll("tables") StakeTable destination,
      @ForAll @LongRange(min = 1, max = 10_000) long sequence) {
    List<SendPair> pairs = new TransmissionSchedule(source, destination, 16).pairs(sequence);
    for (int badSenders = 0; badSenders < 1 << source.size(); badSenders++) {
      for (int badReceivers = 0; badReceivers < 1 << destination.size(); badReceivers++) {
        if (isTolerated(source, badSenders) && isTolerated(destination, badReceivers)) {
          int senders = badSenders;
          int receivers = badReceivers;
          assertTrue(
              pairs.stream()
                  .anyMatch(p -> isGood(senders, p.sender()) && isGood(receivers, p.receiver())),
              () -> pairs + " without " + senders + " and " + receivers);
        }
      }
    }
  }

  private static boolean isGood(int bad, int replica) {
    return (bad >> replica & 1) == 0;
  }

  private static boolean isTolerated(StakeTable table, int bad) {
    Stake stake = Stake.ZERO;
    for (int i = 0; i < table.size(); i++) {
      stake = isGood(bad, i) ? stake : stake.plus(table.stakeOf(i));
    }
    return table.faultModel().u().isAtLeast(stake);
  }
}
