package dev.mallard.testnet.sim;

import dev.mallard.c3b.C3bParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A plan that is being changed. */
final class PlanDraft {
  long seed;
  final List<SimPlan.Side> sides;
  final C3bParameters c3b;
  int takeoverBlocks;
  int retentionBundles;
  NetPlan net;
  MachinePlan machine;
  TrafficPlan traffic;
  final List<Fault> faults;
  final Map<Integer, Set<Act>> liars;
  long healAtMillis;

  PlanDraft(SimPlan plan) {
    this.seed = plan.seed();
    this.sides = new ArrayList<>(plan.sides());
    this.c3b = plan.c3b();
    this.takeoverBlocks = plan.takeoverBlocks();
    this.retentionBundles = plan.retentionBundles();
    this.net = plan.net();
    this.machine = plan.machine();
    this.traffic = plan.traffic();
    this.faults = new ArrayList<>(plan.faults());
    this.liars = new TreeMap<>(plan.liars());
    this.healAtMillis = plan.healAtMillis();
  }

  SimPlan plan() {
    return new SimPlan(
        seed,
        sides,
        c3b,
        takeoverBlocks,
        retentionBundles,
        net,
        machine,
        traffic,
        faults,
        liars,
        healAtMillis);
  }
}
