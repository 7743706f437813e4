package dev.mallard.testnet.sim;

import dev.mallard.chain.BlockHead;
import dev.mallard.chain.Delivery;
import dev.mallard.chain.Outcome;
import dev.mallard.testnet.sim.chain.ChainObserver;
import dev.mallard.testnet.sim.chain.Execution;
import java.util.List;

/**
 * What happens on one chain: entries are executed in order and once ([DLV-1]), by one transaction
 * where nothing goes wrong ([DLV-2]); wrong certificates do nothing ([DLV-3]); receipts come back
 * and value is conserved ([DLV-4]).
 */
final class ChainCheck implements ChainObserver {
  private final World world;
  private final int side;
  private int executionsSeen;
  private long deliveries;
  private long refusals;

  ChainCheck(World world, int side) {
    this.world = world;
    this.side = side;
  }

  @Override
  public void onFinalized(BlockHead block) {
    long before = world.truth(side).count();
    world.truth(side).onFinalized(world.chain(side).finalizedEntries(), world.time().now());
    if (world.story().isTraced()) {
      show(block, before);
    }
    guarded(this::checkExecutions);
  }

  private void show(BlockHead block, long before) {
    long last = world.truth(side).count();
    long entries = world.truth(side).entriesUpTo(last) - world.truth(side).entriesUpTo(before);
    String text = last == before ? "" : (before + 1) + " " + last + " " + entries;
    world.story().show(Story.Kind.BLOCK, Story.chain(side), block.ref().number(), text);
  }

  /** Entries count from 1, each follows the one before, and each is what the source sent. */
  private void checkExecutions() {
    List<Execution> all = world.chain(side).executions();
    int finalCount = world.chain(side).finalizedExecutions();
    for (; executionsSeen < finalCount; executionsSeen++) {
      Execution execution = all.get(executionsSeen);
      long expected = executionsSeen + 1L;
      world
          .coverage()
          .check(
              Clause.DLV_1,
              execution.index() == expected,
              () -> "entry " + expected + " of side " + side + " is executed as " + execution);
    }
    String broken = world.supply().violation().orElse("");
    world.coverage().check(Clause.DLV_4, broken.isEmpty(), () -> broken);
  }

  @Override
  public void onDelivered(
      Delivery delivery, int submitter, List<Outcome> outcomes, BlockHead block) {
    deliveries++;
    world.coverage().count(Clause.DLV_2);
    world
        .story()
        .tell(Story.Kind.DELIVERED, world.plan().nodeOf(side, submitter), delivery.sequence(), "");
    guarded(() ->
        world
            .coverage()
            .check(
                Clause.DLV_3,
                world.truth(1 - side).entriesUpTo(delivery.sequence()) == delivery.lastIndex(),
                () -> "a false delivery was accepted: bundle " + delivery.sequence()));
  }

  @Override
  public void onRefused(Delivery delivery, int submitter, String reason) {
    refusals++;
    int node = world.plan().nodeOf(side, submitter);
    world.coverage().count(Clause.DLV_3);
    world.story().tell(Story.Kind.REFUSED, node, delivery.sequence(), reason);
    guarded(() ->
        world
            .coverage()
            .check(
                Clause.DLV_2,
                !world.plan().isFaultless()
                    || !world.plan().isCalm(side)
                    || !world.plan().isTakeoverPatient(side),
                () ->
                    world.plan().nameOf(node)
                        + " pays for a delivery that reverts in a fault-free run: "
                        + reason));
  }

  @Override
  public void onReorg(int depth) {
    world.story().tell(Story.Kind.REORG, Story.chain(side), depth, "");
  }

  /** Violations must survive whatever called. */
  private void guarded(Runnable check) {
    try {
      check.run();
    } catch (Violation violation) {
      world.onViolation(violation);
      throw violation;
    }
  }

  long deliveries() {
    return deliveries;
  }

  long refusals() {
    return refusals;
  }
}
