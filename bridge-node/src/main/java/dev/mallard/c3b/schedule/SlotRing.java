package dev.mallard.c3b.schedule;

import dev.mallard.stake.HamiltonApportionment;
import dev.mallard.stake.StakeTable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One RSM's slots in a fixed order: apportioned by stake with Hamilton's method and interleaved by
 * smooth weighted round robin, so that a large validator's turns are spread out instead of coming
 * in a run ([SCHED-1]).
 */
public final class SlotRing {
  private final StakeTable table;
  private final int[] owners;

  /**
   * @param quantum q: how many slots
   */
  public SlotRing(StakeTable table, int quantum) {
    this.table = table;
    this.owners = interleaved(HamiltonApportionment.slots(table.stakes(), quantum), quantum);
  }

  /**
   * Each turn everybody earns what it has slots; the richest, at ties the lowest index, takes the
   * slot and pays a round.
   */
  private static int[] interleaved(int[] slots, int quantum) {
    int[] active = IntStream.range(0, slots.length).filter(i -> slots[i] > 0).toArray();
    long[] credit = new long[active.length];
    int[] order = new int[quantum];
    for (int turn = 0; turn < quantum; turn++) {
      int richest = 0;
      for (int i = 0; i < active.length; i++) {
        credit[i] += slots[active[i]];
        if (credit[i] > credit[richest]) {
          richest = i;
        }
      }
      credit[richest] -= quantum;
      order[turn] = active[richest];
    }
    return order;
  }

  /** How many slots. */
  public int size() {
    return owners.length;
  }

  /** Index of the replica that has a slot. */
  public int owner(int slot) {
    return owners[slot];
  }

  /**
   * Every replica with stake once: in the order of their slots from {@code slot} on, then by index
   * those with too little stake for a slot ([SCHED-4]).
   */
  public int[] replicasFrom(int slot) {
    int[] replicas = new int[table.size()];
    boolean[] isTaken = new boolean[table.size()];
    int count = 0;
    for (int i = 0; i < owners.length && count < replicas.length; i++) {
      int owner = owners[(slot + i) % owners.length];
      if (!isTaken[owner]) {
        isTaken[owner] = true;
        replicas[count++] = owner;
      }
    }
    for (int i = 0; i < replicas.length; i++) {
      if (!isTaken[i] && !table.stakeOf(i).isZero()) {
        replicas[count++] = i;
      }
    }
    return Arrays.copyOf(replicas, count);
  }
}
