package dev.mallard.c3b.quack;

import dev.mallard.c3b.StateSink;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StakeTally;
import java.util.TreeSet;

/**
 * The highest number that replicas with a threshold of stake have each reached. Replicas report
 * rising numbers; one report costs the logarithm of the table's size, whether the frontier moves or
 * not.
 */
public final class StakeFrontier {
  /** A replica whose number lies beyond the frontier. */
  private record Mark(long value, int replica) implements Comparable<Mark> {
    @Override
    public int compareTo(Mark that) {
      int byValue = Long.compare(value, that.value);
      return byValue != 0 ? byValue : Integer.compare(replica, that.replica);
    }
  }

  private final Stake threshold;
  private final long[] values;
  private final StakeTally beyond;
  private final TreeSet<Mark> marks = new TreeSet<>();
  private long frontier;

  /**
   * @param threshold one of {@code Quorum}'s, above zero
   * @param start where the frontier is known to be
   */
  public StakeFrontier(StakeTable table, Stake threshold, long start) {
    this.threshold = threshold;
    this.values = new long[table.size()];
    this.beyond = new StakeTally(table);
    this.frontier = start;
  }

  /**
   * A replica reports; a number lower than its last one changes nothing.
   *
   * @return whether the frontier moved
   */
  public boolean raise(int replica, long value) {
    long before = values[replica];
    if (value <= before) {
      return false;
    }
    values[replica] = value;
    if (value <= frontier) {
      return false;
    }
    if (before > frontier) {
      marks.remove(new Mark(before, replica));
    }
    marks.add(new Mark(value, replica));
    beyond.add(replica);
    return advance();
  }

  private boolean advance() {
    boolean isMoved = false;
    while (beyond.reaches(threshold)) {
      frontier = marks.first().value();
      isMoved = true;
      while (!marks.isEmpty() && marks.first().value() == frontier) {
        beyond.remove(marks.removeFirst().replica());
      }
    }
    return isMoved;
  }

  /** The highest number that enough stake has reached. */
  public long frontier() {
    return frontier;
  }

  /** What a replica reported last, 0 before its first report. */
  public long valueOf(int replica) {
    return values[replica];
  }

  /** Replicas at or beyond a number that is itself beyond the frontier, lowest number first. */
  public int[] replicasAt(long value) {
    return marks.tailSet(new Mark(value, 0), true).stream().mapToInt(Mark::replica).toArray();
  }

  /** For {@link StateSink}. */
  public void describeState(StateSink sink) {
    sink.put(frontier);
    for (long value : values) {
      sink.put(value);
    }
  }
}
