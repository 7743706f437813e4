package dev.mallard.testnet.sim;

import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.certify.Certificate;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreWrite;
import dev.mallard.wire.PeerMessage;
import java.util.List;

/**
 * The destination side: what is taken is true ([G-1], [RECV-1]), acks never run ahead of the disk
 * ([G-3], [ACK-1], [RECV-3]), what was acknowledged is there after any crash.
 */
final class ReceiveCheck implements Checker {
  private final World world;
  private final HeldRecord[] held;
  private final long[] acked;
  private final long[] executed;
  private final long[] dropped;

  ReceiveCheck(World world) {
    this.world = world;
    int nodes = world.plan().nodes();
    this.held = new HeldRecord[nodes];
    this.acked = new long[nodes];
    this.executed = new long[nodes];
    this.dropped = new long[nodes];
    for (int i = 0; i < nodes; i++) {
      held[i] = new HeldRecord();
    }
  }

  /** What a node has durably. */
  HeldRecord heldOf(int node) {
    return held[node];
  }

  @Override
  public void onDurable(SimReplica replica, List<StoreWrite> writes) {
    for (StoreWrite write : writes) {
      switch (write) {
        case StoreWrite.Inbound inbound -> onInbound(replica, inbound.bundle());
        case StoreWrite.InboundExecuted done -> onExecuted(replica, done);
        case StoreWrite.InboundDropped dropped -> onDropped(replica, dropped.sequence());
        default -> {}
      }
    }
    checkDiskBounded(replica);
  }

  /** What was executed is dropped once retention has passed, or the disk would grow for ever. */
  private void checkDiskBounded(SimReplica replica) {
    int node = replica.node();
    world
        .coverage()
        .check(
            Clause.G_4,
            dropped[node] >= executed[node] - world.plan().retentionBundles(),
            () ->
                replica.name()
                    + " keeps bundles from "
                    + dropped[node]
                    + " on, executed is "
                    + executed[node]);
  }

  private void onInbound(SimReplica replica, CertifiedBundle bundle) {
    BundleHeader header = bundle.header();
    world
        .coverage()
        .check(
            Clause.G_1,
            world.truth(1 - replica.side()).isTrue(header),
            () -> replica.name() + " takes a bundle that was never transmitted: " + header);
    world
        .coverage()
        .check(
            Clause.RECV_1,
            world.judge(replica.side()).isValid((Certificate) bundle.proof()),
            () -> replica.name() + " takes bundle " + header.sequence() + " without certificate");
    world.coverage().count(Clause.RECV_3);
    held[replica.node()].hold(header.sequence());
    world.story().mark(Story.Kind.HELD, replica.node(), header.sequence());
  }

  private void onExecuted(SimReplica replica, StoreWrite.InboundExecuted done) {
    long finalized = world.chain(replica.side()).inboxFinalized().sequence();
    world
        .coverage()
        .check(
            Clause.GC_3,
            done.sequence() <= finalized,
            () ->
                replica.name()
                    + " writes down bundle "
                    + done.sequence()
                    + " as executed, the finalized Inbox has "
                    + finalized);
    executed[replica.node()] = Math.max(executed[replica.node()], done.sequence());
    held[replica.node()].execute(done.sequence());
  }

  private void onDropped(SimReplica replica, long sequence) {
    dropped[replica.node()] = Math.max(dropped[replica.node()], sequence);
    world
        .coverage()
        .check(
            Clause.GC_1,
            sequence <= 0 || sequence + world.plan().retentionBundles() <= executed[replica.node()],
            () ->
                replica.name()
                    + " drops up to "
                    + sequence
                    + ", executed is "
                    + executed[replica.node()]);
  }

  @Override
  public void onSend(SimReplica from, int to, PeerMessage message) {
    if (message instanceof PeerMessage.AckMessage ack) {
      onAck(from, ack);
    }
  }

  private void onAck(SimReplica from, PeerMessage.AckMessage ack) {
    HeldRecord mine = held[from.node()];
    mine.execute(world.chain(from.side()).inboxFinalized().sequence());
    long p = ack.ack().cumulative();
    world
        .coverage()
        .check(
            Clause.G_3,
            p <= mine.upTo(),
            () -> from.name() + " acknowledges " + p + " and has durably " + mine.upTo());
    acked[from.node()] = Math.max(acked[from.node()], p);
    world
        .coverage()
        .check(
            Clause.ACK_1,
            ack.phi().length() <= world.plan().c3b().phiBits() && isPhiTrue(mine, ack),
            () -> from.name() + " claims what it does not hold: " + p + " " + ack.phi());
    world
        .coverage()
        .check(
            Clause.G_6,
            world.isSigned(from, ack.ack()),
            () -> from.name() + " sends an ack that nobody can check");
  }

  private static boolean isPhiTrue(HeldRecord mine, PeerMessage.AckMessage ack) {
    for (int i = 0; i < ack.phi().length(); i++) {
      if (ack.phi().isHeld(i) && !mine.isHeld(ack.ack().cumulative() + 1 + i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void onStart(
      SimReplica replica, RecoveredSource source, RecoveredDestination destination) {
    HeldRecord mine = held[replica.node()];
    mine.execute(destination.executedSequence());
    destination.held().forEach(header -> mine.hold(header.sequence()));
    HeldRecord found = new HeldRecord();
    found.execute(destination.executedSequence());
    destination.held().forEach(header -> found.hold(header.sequence()));
    found.execute(world.chain(replica.side()).inboxFinalized().sequence());
    world
        .coverage()
        .check(
            Clause.G_3,
            acked[replica.node()] <= found.upTo(),
            () ->
                replica.name()
                    + " had acknowledged "
                    + acked[replica.node()]
                    + " and finds on its disk "
                    + found.upTo());
    long dropped = destination.executedSequence() - world.plan().retentionBundles();
    world
        .coverage()
        .check(
            Clause.CATCH_1,
            destination.held().stream().allMatch(header -> header.sequence() > dropped),
            () ->
                replica.name()
                    + " reads bundles up to "
                    + dropped
                    + " at its start, which it is done with: "
                    + destination.held().size()
                    + " in all");
  }
}
