package dev.mallard.deliver;

import dev.mallard.c3b.schedule.SlotRing;
import dev.mallard.stake.StakeTable;

/**
 * Whose turn it is to submit ([DLV-2]): a function of the first bundle that is due, the same at all
 * destination replicas. Stake decides how often a replica's turn comes; every replica's turn comes
 * when those before it stay silent.
 */
public final class DeliveryTurns {
  private final SlotRing ring;

  /** Turns of the destination's replicas, {@code quantum} slots ([SCHED-1]). */
  public DeliveryTurns(StakeTable destination, int quantum) {
    this.ring = new SlotRing(destination, quantum);
  }

  /**
   * The replica that submits.
   *
   * @param dueSequence the first bundle that the Inbox lacks
   * @param takeovers how often T blocks have passed in vain
   */
  public int submitter(long dueSequence, long takeovers) {
    int slot = (int) (dueSequence % ring.size());
    if (takeovers == 0) {
      return ring.owner(slot);
    }
    int[] replicas = ring.replicasFrom(slot);
    return replicas[(int) (takeovers % replicas.length)];
  }
}
