package dev.mallard.c3b.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.stake.StakeTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs written by hand: one fault each, four replicas a side. */
final class NamedRunsTest {
  private static final StakeTable SOURCE = Tables.bft(1, 40, 30, 20, 10);
  private static final StakeTable DESTINATION = Tables.bft(2, 25, 25, 25, 25);
  private static final C3bParameters PARAMETERS =
      new C3bParameters(64, 1 << 20, 64, 32, 20, 900, 300, 3_000, 40, 800, 8);
  private static final long HEALS_AT = 6_000;

  private static RunPlan plan(
      List<RunPlan.Outage> outages,
      Set<String> lost,
      Map<Integer, Set<SourceLies.Act>> sourceLiars,
      Map<Integer, Set<DestinationLies.Act>> destinationLiars,
      boolean isExecuting) {
    return new RunPlan(
        42,
        SOURCE,
        DESTINATION,
        PARAMETERS,
        100,
        50,
        30,
        new Network.Weather(2, 30, 0, 0),
        List.of(),
        outages,
        lost,
        sourceLiars,
        destinationLiars,
        HEALS_AT,
        isExecuting,
        8,
        200);
  }

  private static Report run(RunPlan plan) {
    return Simulation.run(plan).report();
  }

  @Test
  @Tag("LOSS-1")
  void aLiarWhoComplainsAboutEverythingCausesNoResend() {
    for (DestinationLies.Act act :
        List.of(
            DestinationLies.Act.ACKS_LOW,
            DestinationLies.Act.ACKS_HIGH,
            DestinationLies.Act.ACKS_RANDOM,
            DestinationLies.Act.NO_ACKS)) {
      Report report = run(plan(List.of(), Set.of(), Map.of(), Map.of(2, Set.of(act)), true));
      assertEquals(0, report.rounds(), () -> act + ": " + report);
      assertTrue(
          report.crossings().values().stream().allMatch(n -> n == 1), () -> act + ": " + report);
    }
  }

  @Test
  @Tag("LOSS-2")
  @Tag("SCHED-3")
  void withAReplicaDownOnEachSideResendsStayWithinTheWalk() {
    RunPlan plan =
        plan(
            List.of(
                new RunPlan.Outage("s1", 500, Long.MAX_VALUE),
                new RunPlan.Outage("d2", 700, Long.MAX_VALUE)),
            Set.of("s1", "d2"),
            Map.of(),
            Map.of(),
            false);
    Report report = run(plan);
    assertTrue(report.resends() > 0 && report.resends() < 150, report::toString);
    assertTrue(
        report.crossings().values().stream().allMatch(n -> n <= 6),
        () -> report.crossings().toString());
  }

  @Test
  @Tag("G-2")
  @Tag("CATCH-1")
  @Tag("GC-2")
  void aReplicaThatWasAwayCatchesUpSoon() {
    RunPlan plan =
        plan(List.of(new RunPlan.Outage("d3", 100, 5_900)), Set.of(), Map.of(), Map.of(), false);
    Report report = run(plan);
    assertTrue(report.deliveredAt() < 16_000, report::toString);
    assertTrue(report.resends() <= 100, report::toString);
  }

  @Test
  @Tag("SEND-1")
  @Tag("LOSS-2")
  void aSenderThatNeverTakesItsTurnIsStoodInFor() {
    Report report =
        run(
            plan(
                List.of(),
                Set.of(),
                Map.of(1, Set.of(SourceLies.Act.SILENT_SENDER)),
                Map.of(),
                false));
    assertTrue(report.crossings().values().stream().allMatch(n -> n <= 2), report::toString);
    assertTrue(report.resends() >= 20 && report.resends() <= 60, report::toString);
  }

  @Test
  @Tag("G-4")
  @Tag("ACK-2")
  void anIdleStreamIsNearlySilent() {
    Simulation run = Simulation.run(plan(List.of(), Set.of(), Map.of(), Map.of(), true));
    run.goOn(5_000);
    long before = run.network().messages();
    run.goOn(8_000);
    long heartbeats = 4 * 10;
    assertTrue(
        run.network().messages() - before <= heartbeats,
        () -> run.network().messages() - before + " messages in ten heartbeats");
  }

  @Test
  @Tag("G-5")
  void controlTrafficOfABundleIsConstant() {
    Report report = run(plan(List.of(), Set.of(), Map.of(), Map.of(), true));
    assertEquals(100, report.broadcasts());
    assertTrue(report.acks() <= 100 * 4 * 4, report::toString);
    assertTrue(report.announces() <= 40, report::toString);
  }
}
