package dev.mallard.testnet.sim;

import dev.mallard.testnet.sim.chain.RpcFault;
import dev.mallard.testnet.sim.disk.CrashFate;
import dev.mallard.testnet.sim.disk.VirtualDisk;
import java.util.Set;
import java.util.function.Consumer;

/** Makes the planned faults happen, each in its time. */
final class Troubles {
  private static final int STALE_BLOCKS = 5;
  private static final int PER_MILLE_OF_LOGS = 300;
  private static final int PER_MILLE_OF_CALLS = 200;

  private final World world;

  Troubles(World world) {
    this.world = world;
  }

  void schedule() {
    for (Fault fault : world.plan().faults()) {
      at(fault.from(), () -> begin(fault));
      if (fault.to() != Fault.FOR_EVER) {
        at(Math.min(fault.to(), world.plan().healAtMillis()), () -> end(fault));
      }
    }
  }

  private void at(long millis, Runnable event) {
    world.time().after(millis, event);
  }

  private void begin(Fault fault) {
    switch (fault) {
      case Fault.Crash crash -> world.replica(crash.node()).crash(anyFate());
      case Fault.Partition partition -> {
        tell(
            "a partition begins: "
                + names(partition.group())
                + (partition.isOneWay() ? " are not heard by the others" : " and the others"));
        cut(partition, 1);
      }
      case Fault.SlowLinks slow -> {
        tell(
            "links of "
                + world.plan().nameOf(slow.node())
                + " are slow by "
                + slow.extraMillis()
                + " ms");
        world.network().slow(slow.node(), slow.extraMillis());
      }
      case Fault.Rpc rpc -> {
        tell("the chain RPC of " + world.plan().nameOf(rpc.node()) + ": " + rpc.kind());
        world
            .chain(world.plan().sideOf(rpc.node()))
            .faults(world.plan().indexOf(rpc.node()))
            .during(faultOf(rpc.kind()), rpc.to() - rpc.from());
      }
      case Fault.ChainHalt halt -> {
        tell("chain " + (halt.side() == 0 ? "a" : "b") + " makes no blocks");
        world.chain(halt.side()).halt(halt.to() - halt.from());
      }
      case Fault.DiskFull full -> {
        tell("the disk of " + world.plan().nameOf(full.node()) + " is full");
        world.replica(full.node()).disk().fill();
      }
      case Fault.DiskReads reads -> {
        tell("the disk of " + world.plan().nameOf(reads.node()) + " cannot be read");
        world.replica(reads.node()).disk().failReads(Integer.MAX_VALUE);
      }
    }
  }

  private void end(Fault fault) {
    switch (fault) {
      case Fault.Crash crash -> world.replica(crash.node()).start();
      case Fault.Partition partition -> {
        tell("a partition ends");
        cut(partition, -1);
        world.reconnectAll();
      }
      case Fault.SlowLinks slow -> {
        tell("links of " + world.plan().nameOf(slow.node()) + " are as before");
        world.network().slow(slow.node(), -slow.extraMillis());
      }
      case Fault.Rpc rpc ->
          tell("the chain RPC of " + world.plan().nameOf(rpc.node()) + " is well");
      case Fault.ChainHalt halt -> tell("chain " + (halt.side() == 0 ? "a" : "b") + " goes on");
      case Fault.DiskFull full -> {
        tell("the disk of " + world.plan().nameOf(full.node()) + " has room again");
        startAnew(world.replica(full.node()), disk -> disk.freeSpace());
      }
      case Fault.DiskReads reads -> {
        tell("the disk of " + world.plan().nameOf(reads.node()) + " can be read again");
        startAnew(world.replica(reads.node()), disk -> disk.failReads(0));
      }
    }
  }

  private static void startAnew(SimReplica replica, Consumer<VirtualDisk> mend) {
    boolean wasUp = replica.isUp() || replica.isUnreadable();
    replica.crash(CrashFate.LOST);
    mend.accept(replica.disk());
    if (wasUp) {
      replica.start();
    }
  }

  private static RpcFault faultOf(Fault.RpcKind kind) {
    return switch (kind) {
      case DOWN -> new RpcFault.Down();
      case STALE -> new RpcFault.Stale(STALE_BLOCKS);
      case DROPS_LOGS -> new RpcFault.DropsLogs(PER_MILLE_OF_LOGS);
      case ERRORS -> new RpcFault.Errors(PER_MILLE_OF_CALLS);
      case BREAKS_FINALITY -> new RpcFault.BreaksFinality();
    };
  }

  private CrashFate anyFate() {
    return switch (world.random().nextInt(3)) {
      case 0 -> CrashFate.LOST;
      case 1 -> CrashFate.KEPT;
      default -> underWay -> world.random().nextInt(underWay + 1);
    };
  }

  private void cut(Fault.Partition partition, int change) {
    for (int inside : partition.group().stream().sorted().toList()) {
      for (int outside = 0; outside < world.plan().nodes(); outside++) {
        if (!partition.group().contains(outside)) {
          world.network().cut(inside, outside, change);
          if (!partition.isOneWay()) {
            world.network().cut(outside, inside, change);
          }
        }
      }
    }
  }

  private String names(Set<Integer> group) {
    return group.stream().sorted().map(world.plan()::nameOf).toList().toString();
  }

  private void tell(String what) {
    world.story().tell(Story.Kind.FAULT, Story.NOBODY, 0, what);
  }
}
