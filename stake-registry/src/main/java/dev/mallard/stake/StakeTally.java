package dev.mallard.stake;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Stake gathered for one statement, each replica counted once. The only mutable type of this
 * package: it belongs to one state machine and is not shared between threads.
 *
 * <p>Totals below 2^63, which are nearly all, are summed in a {@code long}; larger ones exactly,
 * but slower.
 */
public final class StakeTally {

  private static final int LONG_BITS = 63;

  private final StakeTable table;
  private final boolean isLong;
  private final BitSet counted;
  private long sum;
  private BigInteger largeSum = BigInteger.ZERO;

  /** An empty tally of the replicas of {@code table}. */
  public StakeTally(StakeTable table) {
    this.table = table;
    this.isLong = table.total().units().bitLength() <= LONG_BITS;
    this.counted = new BitSet(table.size());
  }

  /**
   * Counts a replica's stake, once.
   *
   * @return whether it was not counted before
   * @throws IndexOutOfBoundsException if the table has no such replica
   */
  public boolean add(int replica) {
    BigInteger units = table.stakeOf(replica).units();
    if (counted.get(replica)) {
      return false;
    }
    counted.set(replica);
    if (isLong) {
      sum += units.longValue();
    } else {
      largeSum = largeSum.add(units);
    }
    return true;
  }

  /**
   * Takes a replica's stake out again, for statements that may be withdrawn (a complaint that an
   * ack settles).
   *
   * @return whether it was counted
   */
  public boolean remove(int replica) {
    BigInteger units = table.stakeOf(replica).units();
    if (!counted.get(replica)) {
      return false;
    }
    counted.clear(replica);
    if (isLong) {
      sum -= units.longValue();
    } else {
      largeSum = largeSum.subtract(units);
    }
    return true;
  }

  /** Forgets everybody. */
  public void clear() {
    counted.clear();
    sum = 0;
    largeSum = BigInteger.ZERO;
  }

  /** Whether the replica was counted; false for one that the table does not have. */
  public boolean contains(int replica) {
    return counted.get(replica);
  }

  /** Whether the stake gathered is at least {@code threshold}, one of {@link Quorum}'s. */
  public boolean reaches(Stake threshold) {
    BigInteger units = threshold.units();
    if (isLong) {
      return units.bitLength() <= LONG_BITS && sum >= units.longValue();
    }
    return largeSum.compareTo(units) >= 0;
  }

  /** The stake gathered. */
  public Stake stake() {
    return isLong ? Stake.of(sum) : new Stake(largeSum);
  }

  /** How many replicas were counted. */
  public int size() {
    return counted.cardinality();
  }

  /** The replicas counted, in index order; a copy. */
  public int[] replicas() {
    return counted.stream().toArray();
  }

  @Override
  public String toString() {
    return "StakeTally["
        + stake()
        + " of "
        + table.total()
        + ", replicas "
        + Arrays.toString(replicas())
        + "]";
  }
}
