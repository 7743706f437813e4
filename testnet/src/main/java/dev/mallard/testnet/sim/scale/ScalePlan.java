package dev.mallard.testnet.sim.scale;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * One run of one size.
 *
 * @param crashedPercent of each side's stake that was to be down
 * @param crashedSources replicas of the source that never start
 * @param crashedDestinations replicas of the destination that never start
 */
record ScalePlan(
    ScaleStakes stakes,
    int size,
    int crashedPercent,
    int bundles,
    StakeTable source,
    StakeTable destination,
    C3bParameters parameters,
    BitSet crashedSources,
    BitSet crashedDestinations) {
  /** One direction is enough: the other one is the same with the sides exchanged. */
  static final StreamId STREAM = new StreamId(new RsmId(1), new RsmId(2));

  /** A bundle in every block of a chain with blocks of a second. */
  static final int BLOCK_MILLIS = 1_000;

  private static final BigInteger HUNDRED = BigInteger.valueOf(100);

  static ScalePlan of(ScaleStakes stakes, int size, int crashedPercent, int bundles) {
    StakeTable source = stakes.table(STREAM.source(), size);
    StakeTable destination = stakes.table(STREAM.destination(), size);
    return new ScalePlan(
        stakes,
        size,
        crashedPercent,
        bundles,
        source,
        destination,
        C3bParameters.defaults(),
        crashed(source, crashedPercent, 1),
        crashed(destination, crashedPercent, 2));
  }

  /** Replicas in a shuffled order, each that still fits below the percentage. */
  private static BitSet crashed(StakeTable table, int percent, long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, table.size()).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    Stake most =
        new Stake(table.total().units().multiply(BigInteger.valueOf(percent)).divide(HUNDRED));
    BitSet crashed = new BitSet();
    Stake failed = Stake.ZERO;
    for (int replica : order) {
      Stake sum = failed.plus(table.stakeOf(replica));
      if (most.isAtLeast(sum)) {
        failed = sum;
        crashed.set(replica);
      }
    }
    return crashed;
  }

  /**
   * Whether the percentage is less than any replica's stake, so that the run would be fault-free.
   */
  boolean isVoid() {
    return crashedPercent > 0 && crashedSources.isEmpty() && crashedDestinations.isEmpty();
  }

  /** Live replicas of the source. */
  int liveSources() {
    return size - crashedSources.cardinality();
  }

  /** Live replicas of the destination. */
  int liveDestinations() {
    return size - crashedDestinations.cardinality();
  }

  /** Stake that is down at the destination, in thousandths of all. */
  int crashedPermille() {
    Stake down =
        crashedDestinations.stream().mapToObj(destination::stakeOf).reduce(Stake.ZERO, Stake::plus);
    return down.units()
        .multiply(BigInteger.valueOf(1000))
        .divide(destination.total().units())
        .intValueExact();
  }
}
