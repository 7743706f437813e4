package dev.mallard.testnet.sim;

import dev.mallard.stake.StakeTable;
import java.util.List;
import java.util.Optional;

/** Runs plans. */
public final class Simulation {
  private Simulation() {}

  /**
   * What became of a run.
   *
   * @param violation the first guarantee that was broken; empty if all held
   * @param digest of all events: the same whenever the plan is run
   * @param endMillis virtual time at the end
   */
  public record Result(
      SimPlan plan,
      Optional<Violation> violation,
      long digest,
      long events,
      long bundles,
      long endMillis,
      Coverage coverage,
      Story story) {}

  /** Runs the plan of a seed. */
  public static Result run(long seed) {
    return run(PlanDraw.draw(seed), Mutant.NONE, false);
  }

  /**
   * The plan of a seed.
   *
   * @param tables of both sides, instead of drawn ones
   */
  public static SimPlan plan(long seed, Optional<List<StakeTable>> tables) {
    return PlanDraw.draw(seed, tables);
  }

  /**
   * Runs a plan.
   *
   * @param isTraced whether every event is kept for telling
   */
  public static Result run(SimPlan plan, Mutant mutant, boolean isTraced) {
    World world = new World(plan, mutant, isTraced);
    Optional<Violation> violation = Optional.empty();
    try {
      new Run(world).toEnd();
    } catch (Violation found) {
      violation = Optional.of(found);
    } catch (RuntimeException | AssertionError bug) {
      Violation wrapped = new Violation("BUG", String.valueOf(bug));
      wrapped.initCause(bug);
      violation = Optional.of(wrapped);
    }
    return new Result(
        plan,
        violation,
        world.story().digest(),
        world.story().count(),
        world.truth(0).count() + world.truth(1).count(),
        world.time().now(),
        world.coverage(),
        world.story());
  }
}
