package dev.mallard.testnet.sim;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** How often each clause was put to the test. */
public final class Coverage {
  private final Map<Clause, long[]> counts = new EnumMap<>(Clause.class);

  /** Nothing was checked yet. */
  public Coverage() {
    for (Clause clause : Clause.values()) {
      counts.put(clause, new long[1]);
    }
  }

  /**
   * Checks, and counts that it was checked.
   *
   * @throws Violation unless {@code holds}
   */
  public void check(Clause clause, boolean holds, Supplier<String> what) {
    cell(clause)[0]++;
    if (!holds) {
      throw new Violation(clause.tag(), what.get());
    }
  }

  /** Something happened that the clause speaks of. */
  public void count(Clause clause) {
    cell(clause)[0]++;
  }

  /** How often so far. */
  public long of(Clause clause) {
    return cell(clause)[0];
  }

  /** Adds the counts of another run. */
  public void add(Coverage other) {
    for (Clause clause : Clause.values()) {
      cell(clause)[0] += other.of(clause);
    }
  }

  private long[] cell(Clause clause) {
    return Objects.requireNonNull(counts.get(clause));
  }
}
