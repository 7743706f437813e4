package dev.mallard.c3b.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.c3b.PeerFault;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many seeds of the harness. More than the usual few hundred: {@code -Dmallard.seeds=10000}, from
 * another start: {@code -Dmallard.seedsFrom=500}.
 */
final class SeededRunsTest {
  private static final long SEEDS = Long.getLong("mallard.seeds", 200);
  private static final long FROM = Long.getLong("mallard.seedsFrom", 1);

  private static LongStream seeds(long share) {
    return LongStream.range(FROM, FROM + Math.max(1, SEEDS / share));
  }

  @Test
  @Tag("G-1")
  @Tag("G-2")
  @Tag("G-3")
  @Tag("G-4")
  @Tag("QUACK-1")
  @Tag("GC-1")
  @Tag("GC-2")
  void guaranteesHoldUnderAnyMixOfFaults() {
    seeds(1).forEach(seed -> Simulation.run(PlanDraw.faulty(seed)));
  }

  @Test
  @Tag("G-5")
  @Tag("SEND-1")
  @Tag("LOSS-1")
  void withoutFaultsEachBundleCrossesExactlyOnce() {
    seeds(3)
        .forEach(seed -> {
          Report report = Simulation.run(PlanDraw.faultFree(seed)).report();
          assertEquals(0, report.rounds(), () -> "seed " + seed + " " + report);
          assertTrue(
              report.crossings().values().stream().allMatch(n -> n == 1),
              () -> "seed " + seed + " " + report);
          assertEquals(java.util.Map.<PeerFault, Integer>of(), report.faults());
        });
  }

  @Test
  void oneSeedIsOneStory() {
    for (long seed = 1; seed <= 5; seed++) {
      assertEquals(
          Simulation.run(PlanDraw.faulty(seed)).story().digest(),
          Simulation.run(PlanDraw.faulty(seed)).story().digest());
    }
  }
}
