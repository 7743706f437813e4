package dev.mallard.testnet.sim.scale;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Gives one state machine again what it was given in a run: so it has a processor's caches for
 * itself, as in a node, and its times are not those of two thousand replicas in one process.
 */
final class Replay<I> {
  /** A state machine that takes inputs. */
  @FunctionalInterface
  interface Core<I> {
    void step(long now, I input);
  }

  /**
   * What inputs of one kind cost.
   *
   * @param inputs how many there were
   * @param nanos of one, on average
   */
  record Cost(int inputs, long nanos) {}

  private static final int PASSES_MIN = 3;
  private static final long PASSES_NANOS = 60_000_000;
  private static final int COPIES_MAX = 64;
  private static final int COLLECTIONS = 4;
  private static final long COPIES_INPUTS = 200_000;

  private final List<Recording.Entry<I>> entries;
  private final Supplier<Core<I>> fresh;

  /**
   * @param fresh makes a state machine in the state in which the recorded one began
   */
  Replay(Recording<I> recording, Supplier<Core<I>> fresh) {
    this.entries = recording.entries();
    this.fresh = fresh;
  }

  /** By kind of input; the best of several passes, for other processes only ever add. */
  Map<String, Cost> costs(long clockNanos) {
    Map<String, Cost> best = new TreeMap<>();
    long end = System.nanoTime() + PASSES_NANOS;
    for (int pass = 0; pass < PASSES_MIN || System.nanoTime() < end; pass++) {
      pass(clockNanos)
          .forEach(
              (kind, cost) -> best.merge(kind, cost, (a, b) -> a.nanos() <= b.nanos() ? a : b));
    }
    return best;
  }

  private Map<String, Cost> pass(long clockNanos) {
    Map<String, long[]> sums = new TreeMap<>();
    Core<I> core = fresh.get();
    int from = 0;
    while (from < entries.size()) {
      Class<?> kind = entries.get(from).input().getClass();
      int to = from;
      long start = System.nanoTime();
      while (to < entries.size() && entries.get(to).input().getClass() == kind) {
        core.step(entries.get(to).at(), entries.get(to).input());
        to++;
      }
      long nanos = System.nanoTime() - start - clockNanos;
      long[] sum = sums.computeIfAbsent(kind.getSimpleName(), k -> new long[2]);
      sum[0] += to - from;
      sum[1] += Math.max(0, nanos);
      from = to;
    }
    Map<String, Cost> costs = new TreeMap<>();
    sums.forEach((kind, sum) -> costs.put(kind, new Cost((int) sum[0], sum[1] / sum[0])));
    return costs;
  }

  /** Bytes on the heap of one such state machine halfway through the run. */
  long bytes() {
    int half = entries.size() / 2;
    int copies = Math.clamp(COPIES_INPUTS / Math.max(1, half), 8, COPIES_MAX);
    List<Core<I>> cores = new ArrayList<>();
    try {
      long before = heapBytes();
      for (int i = 0; i < copies; i++) {
        cores.add(coreAt(half));
      }
      return Math.max(0, (heapBytes() - before) / copies);
    } finally {
      Reference.reachabilityFence(cores);
      Reference.reachabilityFence(this); // or the recording is collected in between
    }
  }

  private Core<I> coreAt(int inputs) {
    Core<I> core = fresh.get();
    for (Recording.Entry<I> entry : entries.subList(0, inputs)) {
      core.step(entry.at(), entry.input());
    }
    return core;
  }

  /** A collector may leave some dead objects where they are, but not four times in a row. */
  private static long heapBytes() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
