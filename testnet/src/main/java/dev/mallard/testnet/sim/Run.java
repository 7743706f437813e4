package dev.mallard.testnet.sim;

import dev.mallard.replica.BridgeReplica;
import dev.mallard.testnet.sim.chain.VirtualChain;
import dev.mallard.testnet.sim.disk.CrashFate;

/**
 * Lets things happen in a world: faults first, then healing, after which everything is owed within
 * {@link LivenessBound} ([G-2]).
 */
final class Run {
  private static final int DONE_CHECK_MILLIS = 250;
  static final int START_SPREAD_MILLIS = 50;

  private final World world;
  private final SimPlan plan;
  private final Timeline time;
  private final Clients clients;
  private boolean isHealed;

  Run(World world) {
    this.world = world;
    this.plan = world.plan();
    this.time = world.time();
    this.clients = new Clients(world);
  }

  /**
   * Goes on until everything that is owed has happened.
   *
   * @throws Violation if a guarantee is broken
   */
  void toEnd() {
    begin();
    long deadline = plan.healAtMillis() + LivenessBound.millis(plan);
    long nextLook = 0;
    while (!isHealed || time.now() < nextLook || !isDone()) {
      if (isHealed && time.now() >= nextLook) {
        nextLook = time.now() + DONE_CHECK_MILLIS;
      }
      boolean hasMore = time.advance(deadline);
      world.throwIfViolated();
      if (!hasMore) {
        throw new Violation(
            "G-2", "not everything was delivered by " + deadline + " ms: " + owed());
      }
    }
    world.replicas().stream()
        .filter(this::isOwed)
        .forEach(settled -> world.coverage().count(Clause.G_2));
    world.checkers().onEnd();
  }

  private void begin() {
    world.chain(0).start();
    world.chain(1).start();
    for (SimReplica replica : world.replicas()) {
      time.after(world.random().nextInt(START_SPREAD_MILLIS), replica::start);
    }
    new Troubles(world).schedule();
    clients.schedule();
    time.after(plan.healAtMillis(), this::heal);
  }

  private void heal() {
    isHealed = true;
    world.story().tell(Story.Kind.FAULT, Story.NOBODY, 0, "all faults are over");
    world.network().heal();
    for (SimReplica replica : world.replicas()) {
      if (!plan.isLostForEver(replica.node())) {
        world.chain(replica.side()).faults(replica.index()).heal();
        replica.disk().freeSpace();
        replica.disk().failReads(0);
        if (replica.isSick()) {
          replica.crash(CrashFate.LOST);
        }
        replica.start();
      }
    }
    world.reconnectAll();
  }

  private boolean isDone() {
    for (int side = 0; side < 2; side++) {
      VirtualChain source = world.chain(side);
      VirtualChain destination = world.chain(1 - side);
      if (source.finalizedOutboxCount() != source.outboxCount()
          || destination.inboxFinalized().count() != source.outboxCount()
          || !clients.areDone()) {
        return false;
      }
    }
    return world.replicas().stream().allMatch(this::isSettled);
  }

  private boolean isOwed(SimReplica replica) {
    return replica.isHonest() && !plan.isLostForEver(replica.node());
  }

  private boolean isSettled(SimReplica replica) {
    if (!isOwed(replica)) {
      return true;
    }
    BridgeReplica running = replica.replica();
    return running != null
        && running.destination().core().held() == world.truth(1 - replica.side()).count()
        && running.source().core().quacked() == world.truth(replica.side()).count();
  }

  private String owed() {
    StringBuilder text = new StringBuilder();
    for (int side = 0; side < 2; side++) {
      text.append("stream ")
          .append(side == 0 ? "a-b" : "b-a")
          .append(": sent ")
          .append(world.chain(side).outboxCount())
          .append(", accepted ")
          .append(world.chain(1 - side).inboxFinalized().count())
          .append(", bundles ")
          .append(world.truth(side).count())
          .append("; ");
    }
    for (SimReplica replica : world.replicas()) {
      if (!isSettled(replica)) {
        BridgeReplica running = replica.replica();
        text.append(replica.name())
            .append(' ')
            .append(
                running == null
                    ? "is down; "
                    : running.source().core().status()
                        + " "
                        + running.destination().core().status()
                        + "; ");
      }
    }
    return text.toString();
  }
}
