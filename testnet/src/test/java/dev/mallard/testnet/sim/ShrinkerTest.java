package dev.mallard.testnet.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.replica.ReplicaValues;
import dev.mallard.replica.Topology;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  private static final int RUNS_MAX = 600;

  /** A source replica believes that no replica of the other side lies or fails. */
  private static final Mutant TRUSTING =
      new Mutant() {
        @Override
        public ReplicaValues values(SimReplica replica, ReplicaValues sound) {
          StakeTable remote = sound.topology().remoteTable();
          StakeTable trusted =
              new StakeTable(
                  remote.rsm(),
                  remote.epoch(),
                  remote.validators(),
                  new FaultModel(Stake.ZERO, Stake.ZERO));
          return new ReplicaValues(
              new Topology(sound.topology().localTable(), trusted, sound.topology().self()),
              sound.c3b(),
              sound.delivery(),
              sound.localInbox(),
              sound.remoteInbox(),
              sound.payout(),
              sound.retentionBundles());
        }
      };

  @Test
  void aFaultThatNeedsNothingShrinksToNearlyNothing() {
    SimPlan plan = busyPlan();
    Shrinker.Shrunk shrunk =
        Shrinker.of(EarlyJournal.MUTANT, RUNS_MAX, line -> {}).shrink(plan).orElseThrow();
    assertEquals("CERT-1", shrunk.violation().clause());
    assertTrue(shrunk.isMinimal());
    assertEquals(List.of(), shrunk.plan().faults());
    assertTrue(shrunk.plan().nodes() <= 3, shrunk.plan().describe());
    assertEquals(0, shrunk.plan().traffic().transfers());
  }

  @Test
  void aFaultThatNeedsALiarKeepsOne() {
    SimPlan plan = busyPlanWithLiars();
    String clause = Simulation.run(plan, TRUSTING, false).violation().orElseThrow().clause();
    Shrinker.Shrunk shrunk = Shrinker.of(TRUSTING, RUNS_MAX, line -> {}).shrink(plan).orElseThrow();
    assertEquals(clause, shrunk.violation().clause());
    assertEquals("QUACK-1", clause);
    assertEquals(1, shrunk.plan().liars().size());
    assertTrue(shrunk.plan().nodes() < plan.nodes());
    assertTrue(shrunk.plan().faults().size() < plan.faults().size() || plan.faults().isEmpty());
    assertTrue(shrunk.runs() <= RUNS_MAX);
  }

  @Test
  void aKeptPlanFailsAgainAndOnlyWithThePlantedFault() throws PlanException {
    Shrinker.Shrunk shrunk =
        Shrinker.of(EarlyJournal.MUTANT, RUNS_MAX, line -> {}).shrink(busyPlan()).orElseThrow();
    SimPlan kept = PlanReader.read(PlanText.of(shrunk.plan()));
    assertEquals(
        Optional.of(shrunk.violation().getMessage()),
        Simulation.run(kept, EarlyJournal.MUTANT, false).violation().map(Violation::getMessage));
    assertEquals(Optional.empty(), Simulation.run(kept, Mutant.NONE, false).violation());
  }

  @Test
  void aPlanThatHoldsHasNothingToShrink() {
    assertTrue(Shrinker.of(Mutant.NONE, RUNS_MAX, line -> {}).shrink(PlanDraw.draw(1)).isEmpty());
  }

  @Test
  void anotherClauseIsNotTakenForTheSame() {
    SimPlan plan = busyPlan();
    Shrinker shrinker =
        new Shrinker(
            tried ->
                Optional.of(new Violation(tried.nodes() < plan.nodes() ? "G-2" : "G-1", "planted")),
            RUNS_MAX,
            line -> {});
    Shrinker.Shrunk shrunk = shrinker.shrink(plan).orElseThrow();
    assertEquals("G-1", shrunk.violation().clause());
    assertEquals(plan.nodes(), shrunk.plan().nodes());
    assertEquals(List.of(), shrunk.plan().faults());
  }

  @Test
  void runsAreBoundedAndProgressIsTold() {
    List<String> told = new ArrayList<>();
    Shrinker shrinker =
        new Shrinker(plan -> Optional.of(new Violation("G-1", "planted")), 5, told::add);
    Shrinker.Shrunk shrunk = shrinker.shrink(busyPlan()).orElseThrow();
    assertEquals(5, shrunk.runs());
    assertFalse(shrunk.isMinimal());
    assertTrue(told.getFirst().startsWith("run 1: [G-1] with "), told.getFirst());
    assertTrue(told.size() > 1);
  }

  @Test
  void everyProposalIsAPlanThatCanBeKept() throws PlanException {
    for (long seed = 0; seed < 60; seed++) {
      SimPlan plan = PlanDraw.draw(seed);
      for (Reduction reduction : Reduction.values()) {
        for (SimPlan proposal : reduction.of(plan)) {
          if (PlanRules.objection(proposal).isEmpty()) {
            assertEquals(proposal, PlanReader.read(PlanText.of(proposal)), reduction.name());
          }
        }
      }
    }
  }

  private static SimPlan busyPlan() {
    return LongStream.range(0, 3_000)
        .mapToObj(PlanDraw::draw)
        .filter(plan -> plan.faults().size() > 5 && plan.nodes() > 6)
        .filter(plan -> violates("CERT-1", plan, EarlyJournal.MUTANT))
        .findFirst()
        .orElseThrow();
  }

  private static SimPlan busyPlanWithLiars() {
    return LongStream.range(0, 3_000)
        .mapToObj(PlanDraw::draw)
        .filter(plan -> !plan.liars().isEmpty() && plan.nodes() < 12)
        .filter(plan -> violates("QUACK-1", plan, TRUSTING))
        .findFirst()
        .orElseThrow();
  }

  private static boolean violates(String clause, SimPlan plan, Mutant mutant) {
    return Simulation.run(plan, mutant, false)
        .violation()
        .filter(found -> found.clause().equals(clause))
        .isPresent();
  }
}
