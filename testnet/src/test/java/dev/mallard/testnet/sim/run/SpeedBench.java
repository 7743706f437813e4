package dev.mallard.testnet.sim.run;

import dev.mallard.testnet.sim.Mutant;
import dev.mallard.testnet.sim.SideSpec;
import dev.mallard.testnet.sim.SimPlan;
import dev.mallard.testnet.sim.Simulation;
import dev.mallard.testnet.sim.TrafficPlan;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * CPU time of runs of four replicas a side with about 200 bundles under drawn mixes of faults,
 * after a warm-up. Run its {@code main} with the test class path.
 *
 * <p>Seen on two quiet cores: median 27 ms, mean 28, worst 48; 480,000 events a CPU second. The aim
 * is at most 50 for each run.
 */
public final class SpeedBench {
  private static final int WARM_UP = 300;
  private static final int RUNS = 200;
  private static final int BUNDLES_MIN = 180;
  private static final double NANOS_PER_MILLI = 1e6;

  private SpeedBench() {}

  /** Prints the median, the mean and the worst. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    List<Double> millis = new ArrayList<>();
    double worstOf200 = 0;
    long events = 0;
    for (long seed = 1; millis.size() < WARM_UP + RUNS; seed++) {
      long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      Simulation.Result result = Simulation.run(plan(seed), Mutant.NONE, false);
      long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun;
      if (result.bundles() >= BUNDLES_MIN && !result.plan().isFaultless()) {
        millis.add(taken / NANOS_PER_MILLI);
        if (millis.size() > WARM_UP) {
          events += result.events();
          worstOf200 = Math.max(worstOf200, 200 * millis.getLast() / result.bundles());
        }
      }
    }
    List<Double> counted = millis.subList(WARM_UP, millis.size()).stream().sorted().toList();
    double sum = counted.stream().mapToDouble(Double::doubleValue).sum();
    out.println(
        String.format(
            Locale.ROOT,
            "%d runs of 4 and 4 replicas with %d bundles or more: median %.1f ms of CPU, mean %.1f,"
                + " worst %.1f, worst for 200 bundles %.1f; %,.0f events a CPU second",
            RUNS,
            BUNDLES_MIN,
            counted.get(RUNS / 2),
            sum / RUNS,
            counted.getLast(),
            worstOf200,
            1000.0 * events / sum));
  }

  /** The drawn plan, with traffic that fills about a hundred blocks on each chain. */
  private static SimPlan plan(long seed) {
    SimPlan drawn =
        Simulation.plan(seed, Optional.of(SideSpec.parse("40,30,20,10/25,25,25,25", "bft/bft")));
    int blockMillis =
        (int)
            Math.max(
                drawn.sides().get(0).chain().blockMillis(),
                drawn.sides().get(1).chain().blockMillis());
    TrafficPlan traffic = drawn.traffic();
    return new SimPlan(
        seed,
        drawn.sides(),
        drawn.c3b(),
        drawn.takeoverBlocks(),
        drawn.retentionBundles(),
        drawn.net(),
        drawn.machine(),
        new TrafficPlan(
            110,
            blockMillis,
            Math.min(traffic.paddingBytesMax(), 200),
            traffic.failPermille(),
            traffic.deadlinePermille(),
            traffic.probes()),
        drawn.faults(),
        drawn.liars(),
        drawn.healAtMillis());
  }
}
