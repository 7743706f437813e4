package dev.mallard.testnet.sim;

import java.math.BigInteger;
import java.util.stream.IntStream;

/**
 * What a plan must keep to for the guarantees to be owed: lies within r, failures within u, faults
 * before healing.
 */
final class PlanRules {
  private PlanRules() {}

  /** Why nothing can be asked of a run of the plan; empty if it is sound. */
  static String objection(SimPlan plan) {
    for (int side = 0; side < 2; side++) {
      var model = plan.sides().get(side).table().faultModel();
      String name = side == 0 ? "a" : "b";
      BigInteger lying = stake(plan, plan.nodesOf(side).filter(plan.liars()::containsKey));
      if (lying.compareTo(model.r().units()) > 0) {
        return "liars of side " + name + " have stake " + lying + ", at most r = " + model.r();
      }
      BigInteger failing =
          stake(
              plan,
              plan.nodesOf(side)
                  .filter(node -> plan.liars().containsKey(node) || plan.isLostForEver(node)));
      if (failing.compareTo(model.u().units()) > 0) {
        return "liars of side "
            + name
            + " and replicas that never come back have stake "
            + failing
            + ", at most u = "
            + model.u();
      }
    }
    return plan.faults().stream()
        .filter(fault -> fault.from() >= plan.healAtMillis() || fault.to() < fault.from())
        .map(
            fault -> fault + " must begin before it ends and before " + plan.healAtMillis() + " ms")
        .findFirst()
        .orElse("");
  }

  private static BigInteger stake(SimPlan plan, IntStream nodes) {
    return nodes
        .mapToObj(
            node -> plan.sides().get(plan.sideOf(node)).table().stakeOf(plan.indexOf(node)).units())
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
