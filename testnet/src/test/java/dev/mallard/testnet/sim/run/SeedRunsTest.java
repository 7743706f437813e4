package dev.mallard.testnet.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.testnet.sim.Clause;
import dev.mallard.testnet.sim.Mutant;
import dev.mallard.testnet.sim.SimPlan;
import dev.mallard.testnet.sim.Simulation;
import dev.mallard.testnet.sim.mutants.Mutants;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A fixed part of what {@code ./mallard sim} does for long. */
class SeedRunsTest {
  private static final int SEEDS = 400;
  private static final int JOBS = 2;

  private final RunLog log = new RunLog(new PrintWriter(Writer.nullWriter()));

  private static SimPlan plan(long seed) {
    return Simulation.plan(seed, Optional.empty());
  }

  @Test
  @Tag("G-1")
  @Tag("G-2")
  @Tag("G-3")
  @Tag("G-4")
  @Tag("G-5")
  @Tag("G-6")
  @Tag("G-7")
  void noSeedBreaksAGuaranteeAndEveryClauseIsExercised() throws InterruptedException {
    SeedRuns.Report report = new SeedRuns(SeedRunsTest::plan, log).run(1, SEEDS, JOBS);
    assertEquals(List.of(), report.failures());
    for (Clause clause : Clause.values()) {
      assertTrue(report.coverage().of(clause) > 0, clause.tag() + " was never exercised");
    }
    JsonNode json = JsonMapper.shared().readTree(RunJson.of(report));
    assertEquals(SEEDS, json.get("seeds").asInt());
    assertEquals(0, json.get("failures").size());
    assertTrue(json.get("clauses").get("QUACK-1").asLong() > 0);
  }

  @Test
  void twoRunsOfOneSeedAreTheSameToTheLastEvent() {
    for (long seed : new long[] {3, 26, 1_026}) {
      Simulation.Result one = Simulation.run(seed);
      Simulation.Result other = Simulation.run(plan(seed), Mutant.NONE, true);
      assertEquals(one.digest(), other.digest());
      assertEquals(one.events(), other.events());
      assertEquals(one.endMillis(), other.endMillis());
    }
  }

  @Test
  void everyPlantedFaultIsFound() throws InterruptedException {
    List<MutantRuns.Caught> caught =
        new MutantRuns(SeedRunsTest::plan, log).run(Mutants.all(), 1_500, JOBS);
    caught.forEach(row -> assertTrue(row.violation().isPresent(), row.describe()));
    assertTrue(caught.size() >= 25, "planted faults: " + caught.size());
    assertTrue(MutantRuns.median(caught) <= 200, "median " + MutantRuns.median(caught));
    JsonNode json = JsonMapper.shared().readTree(RunJson.of(caught));
    assertEquals(json.get("mutants").asInt(), json.get("caught").asInt());
  }
}
