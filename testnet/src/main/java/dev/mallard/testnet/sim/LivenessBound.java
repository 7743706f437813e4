package dev.mallard.testnet.sim;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.c3b.schedule.TransmissionSchedule;
import dev.mallard.stake.StakeTable;
import dev.mallard.testnet.sim.chain.ChainProfile;

/**
 * Within what time after healing everything is owed ([G-2]): the sum of the longest waits on the
 * path of a message, there and for its receipt back, each taken from the parameters.
 */
final class LivenessBound {
  /** A follower's longest back-off, as a node has it. */
  private static final long FOLLOWER_BACKOFF_MILLIS = 10_000;

  /** The certifier's longest pause between two tellings. */
  private static final long RETELL_MILLIS = 8_000;

  /** A delivery that failed again and again waits for so many blocks. */
  private static final long DELIVERY_BACKOFF_BLOCKS = 32;

  private LivenessBound() {}

  static long millis(SimPlan plan) {
    long oneWay = Math.max(oneWay(plan, 0), oneWay(plan, 1));
    return 2 * oneWay + 3 * FOLLOWER_BACKOFF_MILLIS;
  }

  private static long oneWay(SimPlan plan, int side) {
    StakeTable source = plan.sides().get(side).table();
    StakeTable destination = plan.sides().get(1 - side).table();
    ChainProfile from = plan.sides().get(side).chain();
    ChainProfile to = plan.sides().get(1 - side).chain();
    return from.blockMillis() * (from.finalityBlocks() + 2)
        + 2 * RETELL_MILLIS
        + resends(plan.c3b(), source, destination)
        + 4L * plan.c3b().lossTimeoutMillisMax()
        + delivery(plan, destination, to);
  }

  /**
   * Each round costs its time-out twice over (two acks apart in time, the later one perhaps a
   * heartbeat late). Rounds go on from where the faults left them, so the walk may have to go round
   * twice.
   */
  private static long resends(C3bParameters c3b, StakeTable source, StakeTable destination) {
    int pairs = new TransmissionSchedule(source, destination, c3b.quantum()).pairs(1).size();
    long heartbeats = (long) c3b.heartbeatMillis() * Math.max(source.size(), 4);
    return 2L * pairs * (2L * c3b.lossTimeoutMillisMax() + heartbeats);
  }

  private static long delivery(SimPlan plan, StakeTable destination, ChainProfile chain) {
    long turns = (long) destination.size() * plan.takeoverBlocks();
    long pool = 32L + 4L * chain.delayBlocksMax();
    return chain.blockMillis()
        * (turns + DELIVERY_BACKOFF_BLOCKS + pool + 2L * chain.finalityBlocks() + 4);
  }
}
