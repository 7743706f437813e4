package dev.mallard.deliver;

import dev.mallard.c3b.schedule.SlotRing;
import dev.mallard.stake.StakeTable;
import java.util.Arrays;

/**
 * Whose turn it is to submit ([DLV-2]): the next bundle due names a slot of the destination's ring,
 * its owner goes first, and every T blocks in which the Inbox stood still the next distinct replica
 * steps in. A pure function, so that replicas who see the same blocks agree without a word.
 */
public final class DeliverySchedule {
  private final SlotRing ring;
  private final int takeoverBlocks;

  /**
   * @param quantum slots, the same at all replicas of the destination
   * @param takeoverBlocks T, in local blocks
   */
  public DeliverySchedule(StakeTable destination, int quantum, int takeoverBlocks) {
    if (takeoverBlocks < 1) {
      throw new IllegalArgumentException(
          "takeoverBlocks is " + takeoverBlocks + ", must be positive");
    }
    this.ring = new SlotRing(destination, quantum);
    this.takeoverBlocks = takeoverBlocks;
  }

  /**
   * The replicas in the order in which they may submit a bundle; whoever has stake is among them.
   */
  public int[] order(long sequence) {
    return ring.replicasFrom(Math.floorMod(sequence, ring.size()));
  }

  /**
   * The replica whose turn it is; after the last the first follows again.
   *
   * @param blocksWaited local blocks for which the bundle has been due
   */
  public int replica(long sequence, long blocksWaited) {
    int[] order = order(sequence);
    return order[takeover(blocksWaited) % order.length];
  }

  /** How many replicas were passed over by then. */
  public int takeover(long blocksWaited) {
    return Math.toIntExact(Math.max(0, blocksWaited) / takeoverBlocks);
  }

  @Override
  public String toString() {
    return "DeliverySchedule[T " + takeoverBlocks + ", first " + Arrays.toString(order(1)) + "]";
  }
}
