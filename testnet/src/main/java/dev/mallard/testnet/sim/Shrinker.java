package dev.mallard.testnet.sim;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes a failing plan smaller: takes away what can be taken away while the same clause is still
 * violated, until nothing can, or the runs are used up.
 *
 * <p>What is taken away also moves what chance decides later; so each smaller plan is tried with a
 * few seeds.
 */
public final class Shrinker {
  private static final int SEEDS_EACH = 3;

  private final Function<SimPlan, Optional<Violation>> run;
  private final int runsMax;
  private final Consumer<String> progress;
  private int runs;

  /**
   * A shrinker for one kind of run.
   *
   * @param run says what a run of a plan violates
   * @param runsMax after so many runs it stops with what it has
   * @param progress told a line at each step forward
   */
  public Shrinker(
      Function<SimPlan, Optional<Violation>> run, int runsMax, Consumer<String> progress) {
    this.run = run;
    this.runsMax = runsMax;
    this.progress = progress;
  }

  /** A shrinker for runs with a planted fault, or with {@link Mutant#NONE}. */
  public static Shrinker of(Mutant mutant, int runsMax, Consumer<String> progress) {
    return new Shrinker(plan -> Simulation.run(plan, mutant, false).violation(), runsMax, progress);
  }

  /**
   * What came of it.
   *
   * @param violation of the smaller plan
   * @param isMinimal whether nothing more could be taken away; else the runs were used up
   */
  public record Shrunk(SimPlan plan, Violation violation, int runs, boolean isMinimal) {}

  /** A smaller plan that violates the same clause; empty if the given one violates none. */
  public Optional<Shrunk> shrink(SimPlan failing) {
    runs = 1;
    return run.apply(failing).map(found -> shrink(new Shrunk(failing, found, runs, false)));
  }

  private Shrunk shrink(Shrunk first) {
    Shrunk smallest = first;
    tell("", smallest);
    boolean hasChanged = true;
    while (hasChanged) {
      SimPlan before = smallest.plan();
      for (Reduction reduction : Reduction.values()) {
        smallest = reduce(smallest, reduction);
      }
      hasChanged = !before.equals(smallest.plan());
    }
    return new Shrunk(smallest.plan(), smallest.violation(), runs, runs < runsMax);
  }

  /**
   * Goes through one kind's proposals; after a success goes on at the same place in the new ones.
   */
  private Shrunk reduce(Shrunk start, Reduction reduction) {
    Shrunk smallest = start;
    List<SimPlan> proposals = reduction.of(smallest.plan());
    int at = 0;
    while (at < proposals.size() && runs < runsMax) {
      Optional<Shrunk> smaller = attempt(proposals.get(at), smallest);
      if (smaller.isPresent()) {
        smallest = smaller.get();
        proposals = reduction.of(smallest.plan());
        tell(PlanForm.word(reduction) + ", ", smallest);
      } else {
        at++;
      }
    }
    return smallest;
  }

  private Optional<Shrunk> attempt(SimPlan proposal, Shrunk smallest) {
    if (proposal.equals(smallest.plan()) || !PlanRules.objection(proposal).isEmpty()) {
      return Optional.empty();
    }
    for (int i = 0; i < SEEDS_EACH && runs < runsMax; i++) {
      long seed = i == 0 ? proposal.seed() : i;
      SimPlan candidate = Reduction.with(proposal, draft -> draft.seed = seed);
      runs++;
      Optional<Violation> found = run.apply(candidate);
      if (found.isPresent() && found.get().clause().equals(smallest.violation().clause())) {
        return Optional.of(new Shrunk(candidate, found.get(), runs, false));
      }
    }
    return Optional.empty();
  }

  private void tell(String what, Shrunk now) {
    SimPlan plan = now.plan();
    progress.accept(
        String.format(
            Locale.ROOT,
            "run %d: %s[%s] with %d + %d replicas, %d faults, %d liars, %d transfers a side, healed"
                + " at %d ms",
            now.runs(),
            what,
            now.violation().clause(),
            plan.sides().get(0).table().size(),
            plan.sides().get(1).table().size(),
            plan.faults().size(),
            plan.liars().size(),
            plan.traffic().transfers(),
            plan.healAtMillis()));
  }
}
