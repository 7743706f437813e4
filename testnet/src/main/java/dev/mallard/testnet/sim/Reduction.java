package dev.mallard.testnet.sim;

import dev.mallard.testnet.sim.chain.ChainProfile;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Ways to make a plan smaller, the boldest first. Each proposes plans; none looks whether they
 * fail.
 */
enum Reduction {
  /** Fewer faults: halves, quarters, single ones. */
  FAULTS {
    @Override
    List<SimPlan> of(SimPlan plan) {
      List<SimPlan> smaller = new ArrayList<>();
      int count = plan.faults().size();
      for (int size = count; size >= 1; size /= 2) {
        for (int from = 0; from < count; from += size) {
          int first = from;
          int last = Math.min(count, from + size);
          smaller.add(with(plan, draft -> draft.faults.subList(first, last).clear()));
        }
      }
      return smaller;
    }
  },
  /** Fewer liars. */
  LIARS {
    @Override
    List<SimPlan> of(SimPlan plan) {
      List<SimPlan> smaller = new ArrayList<>();
      smaller.add(with(plan, draft -> draft.liars.clear()));
      for (int liar : new TreeSet<>(plan.liars().keySet())) {
        smaller.add(with(plan, draft -> draft.liars.remove(liar)));
      }
      return smaller;
    }
  },
  /** Fewer replicas. */
  REPLICAS {
    @Override
    List<SimPlan> of(SimPlan plan) {
      List<SimPlan> smaller = new ArrayList<>();
      for (int side = 1; side >= 0; side--) {
        halved(plan, side, smaller);
      }
      for (int node = plan.nodes() - 1; node >= 0; node--) {
        if (plan.sides().get(plan.sideOf(node)).table().size() > 1) {
          int gone = node;
          smaller.add(with(plan, draft -> PlanCuts.removeNode(draft, plan, gone)));
        }
      }
      return smaller;
    }

    private void halved(SimPlan plan, int side, List<SimPlan> smaller) {
      int size = plan.sides().get(side).table().size();
      SimPlan cut = plan;
      for (int i = size - 1; i >= (size + 1) / 2; i--) {
        SimPlan before = cut;
        int gone = cut.nodeOf(side, i);
        cut = with(before, draft -> PlanCuts.removeNode(draft, before, gone));
      }
      smaller.add(cut);
    }
  },
  /** Fewer transfers and probes. */
  TRANSFERS {
    @Override
    List<SimPlan> of(SimPlan plan) {
      TrafficPlan now = plan.traffic();
      List<SimPlan> smaller = new ArrayList<>();
      for (int transfers : new int[] {0, 1, now.transfers() / 2, now.transfers() - 1}) {
        if (transfers >= 0 && transfers < now.transfers()) {
          smaller.add(with(plan, traffic(t -> withCounts(t, transfers, t.probes()))));
        }
      }
      for (int probes : new int[] {0, 1}) {
        if (probes < now.probes()) {
          smaller.add(with(plan, traffic(t -> withCounts(t, t.transfers(), probes))));
        }
      }
      return smaller;
    }
  },
  /** Fewer things that a liar does. */
  ACTS {
    @Override
    List<SimPlan> of(SimPlan plan) {
      List<SimPlan> smaller = new ArrayList<>();
      for (int liar : new TreeSet<>(plan.liars().keySet())) {
        Set<Act> acts = EnumSet.copyOf(plan.liars().getOrDefault(liar, Set.of()));
        for (Act act : acts.size() < 2 ? Set.<Act>of() : acts) {
          Set<Act> fewer = EnumSet.copyOf(acts);
          fewer.remove(act);
          smaller.add(with(plan, draft -> draft.liars.put(liar, fewer)));
        }
      }
      return smaller;
    }
  },
  /** A calmer network, quicker machines, chains without whims, plain messages. */
  WEATHER {
    @Override
    List<SimPlan> of(SimPlan plan) {
      NetPlan net = plan.net();
      int delay = net.delayMillis();
      int jitter = net.jitterMillis();
      int lost = net.lossPermille();
      int twice = net.duplicatePermille();
      boolean isReordering = net.isReordering();
      return List.of(
          with(plan, d -> d.net = new NetPlan(1, 0, 0, 0, false)),
          with(plan, d -> d.net = new NetPlan(delay, jitter, 0, twice, isReordering)),
          with(plan, d -> d.net = new NetPlan(delay, jitter, lost, 0, isReordering)),
          with(plan, d -> d.net = new NetPlan(delay, jitter, lost, twice, false)),
          with(plan, d -> d.net = new NetPlan(delay, 0, lost, twice, isReordering)),
          with(
              plan,
              d -> d.net = new NetPlan(Math.min(delay, 1), jitter, lost, twice, isReordering)),
          with(plan, d -> d.machine = new MachinePlan(0, 0, 0, 0, MachinePlan.JOURNAL_COMMITS_MAX)),
          with(
              plan,
              d ->
                  d.machine =
                      new MachinePlan(
                          0, 0, plan.machine().fsyncMillis(), 0, plan.machine().journalCommits())),
          with(plan, d -> d.sides.replaceAll(Reduction::calm)),
          with(plan, d -> d.sides.set(0, calm(d.sides.get(0)))),
          with(plan, d -> d.sides.set(1, calm(d.sides.get(1)))),
          with(plan, traffic(t -> plain(t, 0, t.failPermille(), t.deadlinePermille()))),
          with(plan, traffic(t -> plain(t, t.paddingBytesMax(), 0, t.deadlinePermille()))),
          with(plan, traffic(t -> plain(t, t.paddingBytesMax(), t.failPermille(), 0))));
    }
  },
  /** Shorter faults, and an earlier end of them all. */
  TIME {
    @Override
    List<SimPlan> of(SimPlan plan) {
      List<SimPlan> smaller = new ArrayList<>();
      long heal = plan.healAtMillis();
      long last = plan.faults().stream().mapToLong(Fault::from).max().orElse(0);
      for (long earlier : new long[] {HEAL_MILLIS_MIN, last + 1, (last + heal) / 2, heal / 2}) {
        if (earlier < heal && earlier >= HEAL_MILLIS_MIN) {
          smaller.add(with(plan, draft -> PlanCuts.healAt(draft, earlier)));
        }
      }
      for (int i = 0; i < plan.faults().size(); i++) {
        Fault fault = plan.faults().get(i);
        int at = i;
        long length = Math.min(fault.to(), heal) - fault.from();
        if (fault.to() != Fault.FOR_EVER && length >= FAULT_MILLIS_MIN) {
          long to = fault.from() + length / 2;
          smaller.add(with(plan, draft -> draft.faults.set(at, PlanCuts.until(fault, to))));
        }
      }
      return smaller;
    }
  },
  /** Equal stakes. */
  STAKES {
    @Override
    List<SimPlan> of(SimPlan plan) {
      return List.of(
          with(plan, draft -> PlanCuts.equalStakes(draft, plan, 0)),
          with(plan, draft -> PlanCuts.equalStakes(draft, plan, 1)));
    }
  };

  private static final long HEAL_MILLIS_MIN = 1_000;
  private static final long FAULT_MILLIS_MIN = 200;

  /** Smaller plans, none equal to the one given. */
  abstract List<SimPlan> of(SimPlan plan);

  static SimPlan with(SimPlan plan, Consumer<PlanDraft> change) {
    PlanDraft draft = new PlanDraft(plan);
    change.accept(draft);
    return draft.plan();
  }

  private static Consumer<PlanDraft> traffic(UnaryOperator<TrafficPlan> change) {
    return draft -> draft.traffic = change.apply(draft.traffic);
  }

  private static TrafficPlan withCounts(TrafficPlan now, int transfers, int probes) {
    return new TrafficPlan(
        transfers,
        now.gapMillis(),
        now.paddingBytesMax(),
        now.failPermille(),
        now.deadlinePermille(),
        probes);
  }

  private static TrafficPlan plain(TrafficPlan now, int padding, int fail, int deadline) {
    return new TrafficPlan(now.transfers(), now.gapMillis(), padding, fail, deadline, now.probes());
  }

  private static SimPlan.Side calm(SimPlan.Side side) {
    return new SimPlan.Side(
        side.table(), ChainProfile.calm(side.chain().blockMillis(), side.chain().finalityBlocks()));
  }
}
