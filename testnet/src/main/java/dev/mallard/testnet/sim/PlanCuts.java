package dev.mallard.testnet.sim;

import dev.mallard.stake.FaultModel;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Takes replicas and time away from a plan, and what hangs on them with it. */
final class PlanCuts {
  private static final BigInteger THREE = BigInteger.valueOf(3);

  private PlanCuts() {}

  /** Without a replica; what it did and suffered goes too. */
  static void removeNode(PlanDraft draft, SimPlan plan, int gone) {
    int side = plan.sideOf(gone);
    StakeTable table = plan.sides().get(side).table();
    List<Stake> stakes = new ArrayList<>(table.stakes());
    stakes.remove(plan.indexOf(gone));
    setStakes(draft, side, stakes, table);
    draft.faults.clear();
    for (Fault fault : plan.faults()) {
      without(fault, gone).ifPresent(draft.faults::add);
    }
    Map<Integer, Set<Act>> liars = new TreeMap<>();
    plan.liars()
        .forEach((node, acts) -> {
          if (node != gone) {
            liars.put(shifted(node, gone), acts);
          }
        });
    draft.liars.clear();
    draft.liars.putAll(liars);
  }

  /** Every replica that has stake has one unit. */
  static void equalStakes(PlanDraft draft, SimPlan plan, int side) {
    StakeTable table = plan.sides().get(side).table();
    List<Stake> stakes =
        table.stakes().stream().map(stake -> stake.isZero() ? stake : Stake.of(1)).toList();
    setStakes(draft, side, stakes, table);
  }

  private static void setStakes(PlanDraft draft, int side, List<Stake> stakes, StakeTable before) {
    Stake total =
        new Stake(stakes.stream().map(Stake::units).reduce(BigInteger.ZERO, BigInteger::add));
    if (total.isZero()) {
      return;
    }
    StakeTable table =
        PlanDraw.table(
            before.rsm().value(), stakes, model(before.faultModel(), before.total(), total));
    draft.sides.set(side, new SimPlan.Side(table, draft.sides.get(side).chain()));
  }

  /** The same kind of model for another total; a model of its own is kept as far as it is sound. */
  private static FaultModel model(FaultModel before, Stake totalBefore, Stake total) {
    if (before.equals(FaultModel.bft(totalBefore))) {
      return FaultModel.bft(total);
    }
    if (before.equals(FaultModel.cft(totalBefore))) {
      return FaultModel.cft(total);
    }
    BigInteger most = total.units().subtract(BigInteger.ONE);
    BigInteger r = before.r().units().min(most.divide(THREE));
    BigInteger u = before.u().units().min(most.subtract(r).shiftRight(1));
    return new FaultModel(new Stake(u), new Stake(r));
  }

  private static int shifted(int node, int gone) {
    return node > gone ? node - 1 : node;
  }

  private static Optional<Fault> without(Fault fault, int gone) {
    return switch (fault) {
      case Fault.Partition cut -> {
        Set<Integer> group = new HashSet<>();
        cut.group().stream().filter(n -> n != gone).forEach(n -> group.add(shifted(n, gone)));
        yield Optional.of(new Fault.Partition(group, cut.isOneWay(), cut.from(), cut.to()));
      }
      case Fault.Crash crash ->
          at(crash.node(), gone).map(n -> new Fault.Crash(n, crash.from(), crash.to()));
      case Fault.SlowLinks slow ->
          at(slow.node(), gone)
              .map(n -> new Fault.SlowLinks(n, slow.extraMillis(), slow.from(), slow.to()));
      case Fault.Rpc rpc ->
          at(rpc.node(), gone).map(n -> new Fault.Rpc(n, rpc.kind(), rpc.from(), rpc.to()));
      case Fault.DiskFull full ->
          at(full.node(), gone).map(n -> new Fault.DiskFull(n, full.from(), full.to()));
      case Fault.DiskReads reads ->
          at(reads.node(), gone).map(n -> new Fault.DiskReads(n, reads.from(), reads.to()));
      case Fault.ChainHalt halt -> Optional.of(halt);
    };
  }

  private static Optional<Integer> at(int node, int gone) {
    return node == gone ? Optional.empty() : Optional.of(shifted(node, gone));
  }

  // --- time ---

  /** Heals earlier; faults that would begin later go, others end by then. */
  static void healAt(PlanDraft draft, long millis) {
    draft.healAtMillis = millis;
    draft.faults.removeIf(fault -> fault.from() >= millis);
    draft.faults.replaceAll(
        fault -> fault.to() == Fault.FOR_EVER ? fault : until(fault, Math.min(fault.to(), millis)));
  }

  /** The fault with another end. */
  static Fault until(Fault fault, long to) {
    return switch (fault) {
      case Fault.Crash f -> new Fault.Crash(f.node(), f.from(), to);
      case Fault.Partition f -> new Fault.Partition(f.group(), f.isOneWay(), f.from(), to);
      case Fault.SlowLinks f -> new Fault.SlowLinks(f.node(), f.extraMillis(), f.from(), to);
      case Fault.Rpc f -> new Fault.Rpc(f.node(), f.kind(), f.from(), to);
      case Fault.ChainHalt f -> new Fault.ChainHalt(f.side(), f.from(), to);
      case Fault.DiskFull f -> new Fault.DiskFull(f.node(), f.from(), to);
      case Fault.DiskReads f -> new Fault.DiskReads(f.node(), f.from(), to);
    };
  }
}
