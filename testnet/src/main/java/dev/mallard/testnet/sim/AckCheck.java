package dev.mallard.testnet.sim;

import dev.mallard.stake.HamiltonApportionment;
import dev.mallard.stake.StakeTable;
import dev.mallard.wire.PeerMessage;

/**
 * Acks rotate over all replicas of the source ([ACK-2]), and those of replicas too small for a slot
 * come too ([SCHED-4]).
 */
final class AckCheck implements Checker {
  private final World world;
  private final int[][] slots = new int[2][];
  private final boolean[] told;

  AckCheck(World world) {
    this.world = world;
    this.told = new boolean[world.plan().nodes() * world.plan().nodes()];
    for (int side = 0; side < 2; side++) {
      StakeTable table = world.plan().sides().get(side).table();
      slots[side] = HamiltonApportionment.slots(table.stakes(), world.plan().c3b().quantum());
    }
  }

  @Override
  public void onSend(SimReplica from, int to, PeerMessage message) {
    if (message instanceof PeerMessage.AckMessage) {
      told[from.node() * world.plan().nodes() + to] = true;
      if (slots[from.side()][from.index()] == 0) {
        world.coverage().count(Clause.SCHED_4);
      }
    }
  }

  @Override
  public void onEnd() {
    if (!world.plan().isFaultless()) {
      return;
    }
    int nodes = world.plan().nodes();
    for (int from = 0; from < nodes; from++) {
      int side = world.plan().sideOf(from);
      int acknowledger = from;
      world
          .plan()
          .nodesOf(1 - side)
          .forEach(to ->
              world
                  .coverage()
                  .check(
                      Clause.ACK_2,
                      told[acknowledger * nodes + to] || world.truth(1 - side).count() == 0,
                      () ->
                          world.plan().nameOf(acknowledger)
                              + " never acknowledges to "
                              + world.plan().nameOf(to)));
    }
  }
}
