package dev.mallard.testnet.sim.run;

import dev.mallard.testnet.sim.Coverage;
import dev.mallard.testnet.sim.Mutant;
import dev.mallard.testnet.sim.SimPlan;
import dev.mallard.testnet.sim.Simulation;
import dev.mallard.testnet.sim.Violation;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** Runs a range of seeds on a few threads; each run is alone on its thread. */
public final class SeedRuns {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final LongFunction<SimPlan> plans;
  private final RunLog log;
  private final Coverage coverage = new Coverage();
  private final List<Failure> failures = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong bundles = new AtomicLong();
  private final AtomicLong cpuNanos = new AtomicLong();

  /**
   * A run that broke a guarantee.
   *
   * @param atMillis virtual time
   */
  public record Failure(long seed, String clause, String what, long atMillis) {}

  /**
   * What came of a range.
   *
   * @param cpuMillis of the threads that ran, together
   */
  public record Report(
      long from,
      long count,
      List<Failure> failures,
      long events,
      long bundles,
      long cpuMillis,
      long wallMillis,
      Coverage coverage) {}

  /**
   * Runs of plans that follow from their seeds.
   *
   * @param plans makes the plan of a seed
   */
  public SeedRuns(LongFunction<SimPlan> plans, RunLog log) {
    this.plans = plans;
    this.log = log;
  }

  /** Runs seeds {@code from .. from+count-1}; blocks. */
  public Report run(long from, long count, int jobs) throws InterruptedException {
    long begun = System.nanoTime();
    next.set(from);
    try (ExecutorService threads = Executors.newFixedThreadPool(jobs)) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < jobs; i++) {
        workers.add(threads.submit(() -> work(from, count, begun)));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (ExecutionException bug) {
      throw new IllegalStateException("the simulator itself failed", bug.getCause());
    }
    failures.sort(Comparator.comparingLong(Failure::seed));
    return new Report(
        from,
        count,
        List.copyOf(failures),
        events.get(),
        bundles.get(),
        cpuNanos.get() / NANOS_PER_MILLI,
        (System.nanoTime() - begun) / NANOS_PER_MILLI,
        coverage);
  }

  private void work(long from, long count, long begun) {
    for (long seed = next.getAndIncrement(); seed < from + count; seed = next.getAndIncrement()) {
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      Simulation.Result result = Simulation.run(plans.apply(seed), Mutant.NONE, false);
      cpuNanos.addAndGet(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu);
      events.addAndGet(result.events());
      bundles.addAndGet(result.bundles());
      synchronized (coverage) {
        coverage.add(result.coverage());
      }
      if (result.violation().isPresent()) {
        onFailure(seed, result.violation().get(), result.endMillis());
      }
      progress(done.incrementAndGet(), count, begun);
    }
  }

  private void onFailure(long seed, Violation violation, long atMillis) {
    String what = String.valueOf(violation.getMessage());
    failures.add(new Failure(seed, violation.clause(), what, atMillis));
    log.say("seed " + seed + " at " + atMillis + " ms: " + firstLine(what));
  }

  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() <= 300 ? line : line.substring(0, 300) + "…";
  }

  private void progress(long runs, long count, long begun) {
    double seconds = (System.nanoTime() - begun) / 1e9;
    log.progress(
        String.format(
            Locale.ROOT,
            "  %,d of %,d seeds, %.0f a second, %,.0f events a second, %d failed",
            runs,
            count,
            runs / seconds,
            events.get() / seconds,
            failures.size()));
  }
}
