package dev.mallard.testnet.sim.run;

import dev.mallard.testnet.sim.SimPlan;
import dev.mallard.testnet.sim.Simulation;
import dev.mallard.testnet.sim.Violation;
import dev.mallard.testnet.sim.mutants.Planted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/** How many seeds it takes to find each planted fault. */
public final class MutantRuns {
  private final LongFunction<SimPlan> plans;
  private final RunLog log;

  /**
   * What came of one planted fault.
   *
   * @param seeds runs up to the first violation, or all that were tried
   * @param violation the first one; empty if none was found
   */
  public record Caught(Planted planted, long seeds, Optional<Violation> violation) {
    /** A row of the report. */
    public String describe() {
      return String.format(
          java.util.Locale.ROOT,
          "%-22s %9s  %-8s %s",
          planted.name(),
          violation.isPresent() ? "seed " + seeds : "NOT in " + seeds,
          violation.map(Violation::clause).orElse("-"),
          planted.what());
    }
  }

  /** Runs of plans that follow from their seeds. */
  public MutantRuns(LongFunction<SimPlan> plans, RunLog log) {
    this.plans = plans;
    this.log = log;
  }

  /** Runs seeds 1, 2, 3 … for each until it is found, or up to a number of them; blocks. */
  public List<Caught> run(List<Planted> all, long seedsMax, int jobs) throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(jobs)) {
      List<Future<Caught>> hunts = new ArrayList<>();
      for (Planted planted : all) {
        hunts.add(threads.submit(() -> hunt(planted, seedsMax)));
      }
      List<Caught> caught = new ArrayList<>();
      for (Future<Caught> hunt : hunts) {
        caught.add(hunt.get());
        log.say(caught.getLast().describe());
      }
      return caught;
    } catch (ExecutionException bug) {
      throw new IllegalStateException("the simulator itself failed", bug.getCause());
    }
  }

  private Caught hunt(Planted planted, long seedsMax) {
    for (long seed = 1; seed <= seedsMax; seed++) {
      Optional<Violation> found =
          Simulation.run(plans.apply(seed), planted.mutant(), false).violation();
      if (found.isPresent()) {
        return new Caught(planted, seed, found);
      }
    }
    return new Caught(planted, seedsMax, Optional.empty());
  }

  /** The median of seeds needed; one that was not found counts as all that were tried. */
  public static long median(List<Caught> caught) {
    List<Long> seeds = caught.stream().map(Caught::seeds).sorted().toList();
    return seeds.get(seeds.size() / 2);
  }
}
