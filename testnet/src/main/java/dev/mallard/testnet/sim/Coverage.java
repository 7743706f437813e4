package dev.mallard.testnet.sim;

import java.util.function.Supplier;

/** How often each clause was put to the test. */
public final class Coverage {
  private final long[] counts = new long[Clause.values().length];

  /**
   * Checks, and counts that it was checked.
   *
   * @throws Violation unless {@code holds}
   */
  public void check(Clause clause, boolean holds, Supplier<String> what) {
    counts[clause.ordinal()]++;
    if (!holds) {
      throw new Violation(clause.tag(), what.get());
    }
  }

  /** Something happened that the clause speaks of. */
  public void count(Clause clause) {
    counts[clause.ordinal()]++;
  }

  /** How often so far. */
  public long of(Clause clause) {
    return counts[clause.ordinal()];
  }

  /** Adds the counts of another run. */
  public void add(Coverage other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }
}
