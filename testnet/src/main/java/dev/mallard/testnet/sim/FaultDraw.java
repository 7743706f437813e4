package dev.mallard.testnet.sim;

import dev.mallard.stake.StakeTable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Draws what goes wrong in a plan: who lies, what breaks, from when to when. */
final class FaultDraw {
  private final Random random;
  private final Set<FaultKind> kinds;

  FaultDraw(Random random, Set<FaultKind> kinds) {
    this.random = random;
    this.kinds = kinds;
  }

  private boolean has(FaultKind kind) {
    return kinds.contains(kind);
  }

  /** Who lies, and how: up to r stake of either side. */
  Map<Integer, Set<Act>> liars(SimPlan plan) {
    Map<Integer, Set<Act>> liars = new TreeMap<>();
    boolean isLeague = random.nextBoolean();
    Set<Act> common = kinds.size() == 1 ? EnumSet.of(anyAct()) : acts();
    for (int side = 0; side < 2; side++) {
      StakeTable table = plan.sides().get(side).table();
      for (int index : withStakeUpTo(table, table.faultModel().r().units())) {
        liars.put(plan.nodeOf(side, index), isLeague ? common : acts());
      }
    }
    return liars;
  }

  private Set<Act> acts() {
    Set<Act> acts = EnumSet.noneOf(Act.class);
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      acts.add(anyAct());
    }
    return acts;
  }

  private Act anyAct() {
    Act[] all = Act.values();
    return all[random.nextInt(all.length)];
  }

  /** Replicas in random order as long as their stake together stays within a limit. */
  private List<Integer> withStakeUpTo(StakeTable table, BigInteger limit) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, table.size()).boxed().toList());
    Collections.shuffle(order, random);
    List<Integer> chosen = new ArrayList<>();
    BigInteger left = limit;
    for (int index : order) {
      BigInteger stake = table.stakeOf(index).units();
      if (stake.compareTo(left) <= 0 && stake.signum() > 0 && random.nextInt(8) != 0) {
        chosen.add(index);
        left = left.subtract(stake);
      }
    }
    return chosen;
  }

  /** What goes wrong, and when. */
  List<Fault> faults(SimPlan plan, Map<Integer, Set<Act>> liars) {
    List<Fault> faults = new ArrayList<>();
    if (has(FaultKind.CRASHES_FOR_EVER)) {
      crashesForEver(plan, liars, faults);
    }
    if (has(FaultKind.CRASHES)) {
      repeat(6, () -> faults.add(new Fault.Crash(node(plan), start(plan), 0)));
    }
    if (has(FaultKind.PARTITIONS)) {
      repeat(3, () -> faults.add(partition(plan)));
    }
    if (has(FaultKind.SLOW_LINKS)) {
      repeat(
          3,
          () -> faults.add(new Fault.SlowLinks(node(plan), random.nextInt(1_500), start(plan), 0)));
    }
    if (has(FaultKind.RPC)) {
      Fault.RpcKind[] all = Fault.RpcKind.values();
      repeat(
          5,
          () ->
              faults.add(
                  new Fault.Rpc(node(plan), all[random.nextInt(all.length)], start(plan), 0)));
    }
    if (has(FaultKind.CHAIN_HALTS)) {
      repeat(2, () -> faults.add(new Fault.ChainHalt(random.nextInt(2), start(plan), 0)));
    }
    if (has(FaultKind.DISK_FULL)) {
      repeat(2, () -> faults.add(new Fault.DiskFull(node(plan), start(plan), 0)));
    }
    if (has(FaultKind.DISK_READS)) {
      repeat(2, () -> faults.add(new Fault.DiskReads(node(plan), start(plan), 0)));
    }
    return faults.stream().map(fault -> lasting(plan, fault)).toList();
  }

  private Fault lasting(SimPlan plan, Fault fault) {
    long room = plan.healAtMillis() - fault.from();
    long to = fault.from() + 1 + random.nextInt((int) Math.max(1, Math.min(room, 12_000)));
    return switch (fault) {
      case Fault.Crash crash when crash.to() == Fault.FOR_EVER -> crash;
      case Fault.Crash crash -> new Fault.Crash(crash.node(), crash.from(), to);
      case Fault.Partition p -> new Fault.Partition(p.group(), p.isOneWay(), p.from(), to);
      case Fault.SlowLinks s -> new Fault.SlowLinks(s.node(), s.extraMillis(), s.from(), to);
      case Fault.Rpc rpc -> new Fault.Rpc(rpc.node(), rpc.kind(), rpc.from(), to);
      case Fault.ChainHalt halt -> new Fault.ChainHalt(halt.side(), halt.from(), to);
      case Fault.DiskFull full -> new Fault.DiskFull(full.node(), full.from(), to);
      case Fault.DiskReads reads -> new Fault.DiskReads(reads.node(), reads.from(), to);
    };
  }

  /** Liars and those that never come back have together at most u stake. */
  private void crashesForEver(SimPlan plan, Map<Integer, Set<Act>> liars, List<Fault> faults) {
    for (int side = 0; side < 2; side++) {
      StakeTable table = plan.sides().get(side).table();
      int ofSide = side;
      BigInteger lying =
          liars.keySet().stream()
              .filter(node -> plan.sideOf(node) == ofSide)
              .map(node -> table.stakeOf(plan.indexOf(node)).units())
              .reduce(BigInteger.ZERO, BigInteger::add);
      BigInteger left = table.faultModel().u().units().subtract(lying);
      for (int index : withStakeUpTo(table, left)) {
        int node = plan.nodeOf(side, index);
        if (!liars.containsKey(node)) {
          faults.add(new Fault.Crash(node, start(plan), Fault.FOR_EVER));
        }
      }
    }
  }

  private Fault partition(SimPlan plan) {
    Set<Integer> group = new HashSet<>();
    for (int node = 0; node < plan.nodes(); node++) {
      if (random.nextBoolean()) {
        group.add(node);
      }
    }
    return new Fault.Partition(group, random.nextInt(3) == 0, start(plan), 0);
  }

  private int node(SimPlan plan) {
    return random.nextInt(plan.nodes());
  }

  private long start(SimPlan plan) {
    return 100L + random.nextInt((int) Math.max(1, plan.healAtMillis() - 200));
  }

  private void repeat(int timesMax, Runnable draw) {
    int times = 1 + random.nextInt(timesMax);
    for (int i = 0; i < times; i++) {
      draw.run();
    }
  }
}
