package dev.mallard.testnet.sim;

import dev.mallard.certify.BridgeKey;
import dev.mallard.certify.Signature;
import dev.mallard.chain.ChainConnector;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.chain.OutboxRead;
import dev.mallard.deliver.DeliveryLimits;
import dev.mallard.net.PeerTransport;
import dev.mallard.replica.BridgeReplica;
import dev.mallard.replica.PeerFaults;
import dev.mallard.replica.PeerRouter;
import dev.mallard.replica.ReplicaPorts;
import dev.mallard.replica.ReplicaValues;
import dev.mallard.replica.StreamLoop;
import dev.mallard.replica.Topology;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.ReplicaId;
import dev.mallard.stake.StakeTable;
import dev.mallard.store.CommitQueue;
import dev.mallard.store.Journal;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.StoreException;
import dev.mallard.store.StoreIdentity;
import dev.mallard.testnet.sim.disk.CrashFate;
import dev.mallard.testnet.sim.disk.VirtualDisk;
import dev.mallard.testnet.sim.disk.VirtualJournal;
import dev.mallard.wire.PeerMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One replica: what a node runs ({@link BridgeReplica}) on virtual loops, disk, network and chain.
 * Its disk outlives its processes.
 */
public final class SimReplica {
  private static final long GAS_MAX = 12_000_000;
  private static final int ENTRIES_OF_A_DELIVERY_MAX = 128;

  private static final int IDLE_TICK_MILLIS = 1_000;

  private final World world;
  private final int node;
  private final BridgeKey key;
  private final VirtualDisk disk;
  private final ReplicaValues values;
  private final @Nullable Liar liar;
  private final PeerFaults faults = new PeerFaults();
  private final List<StreamLoop> loops = new ArrayList<>();
  private @Nullable VirtualJournal journal;
  private @Nullable BridgeReplica replica;
  private @Nullable PeerRouter router;
  private @Nullable VirtualFollower follower;
  private boolean isUp;
  private boolean isSick;
  private boolean isUnreadable;
  private int life;

  SimReplica(World world, int node, BridgeKey key) {
    this.world = world;
    this.node = node;
    this.key = key;
    this.disk = new VirtualDisk(name());
    this.values = newValues();
    this.liar =
        world.plan().liars().containsKey(node)
            ? new Liar(world, this, world.plan().liars().get(node))
            : null;
  }

  private ReplicaValues newValues() {
    SimPlan plan = world.plan();
    int side = side();
    StakeTable local = plan.sides().get(side).table();
    StakeTable remote = plan.sides().get(1 - side).table();
    return new ReplicaValues(
        new Topology(local, remote, index()),
        plan.c3b(),
        new DeliveryLimits(GAS_MAX, ENTRIES_OF_A_DELIVERY_MAX, plan.takeoverBlocks()),
        World.inboxOf(side),
        World.inboxOf(1 - side),
        key.address(),
        plan.retentionBundles());
  }

  // --- life and death ---

  void start() {
    if (isUp) {
      return;
    }
    isUp = true;
    isSick = false;
    isUnreadable = false;
    life++;
    try {
      startProcess();
    } catch (StoreException unreadable) {
      isUp = false;
      isUnreadable = true;
      loops.forEach(StreamLoop::close);
      loops.clear();
      journal = null;
      router = null;
      world.story().tell(node, "cannot start: " + unreadable.getMessage());
    }
  }

  private void startProcess() throws StoreException {
    VirtualJournal opened =
        VirtualJournal.open(
            disk,
            new StoreIdentity(
                values.topology().localTable().rsm(),
                key.address(),
                List.of(values.outgoing(), values.incoming())),
            QueueLimits.store(world.plan()),
            world.time(),
            world::fsyncMillis);
    journal = opened;
    int born = life;
    Mutant mutant = isHonest() ? world.mutant() : Mutant.NONE;
    ChainConnector chain = mutant.chain(this, world.chain(side()).rpc(index()));
    PeerRouter routes = new PeerRouter(values.topology().localTable().rsm(), faults);
    router = routes;
    Journal watched = isHonest() ? new WatchedJournal(world, this, opened) : opened;
    ReplicaPorts ports =
        new ReplicaPorts(
            name -> newLoop(),
            new VirtualWorkers(
                world.time(), world::workMillis, queueMax(), () -> isUp && life == born),
            new VirtualWorkers(
                world.time(), world::rpcMillis, queueMax(), () -> isUp && life == born),
            transport(),
            watched,
            world.index(),
            submitter(chain.submitter(values.incoming())),
            key,
            world.scheme(),
            faults,
            this::wakeFollower);
    BridgeReplica made =
        new BridgeReplica(
            mutant.values(this, values),
            mutant.ports(this, ports),
            mutant.parts(this, world.parts()));
    routes.bind(made);
    replica = made;
    RecoveredDestination held = opened.loadDestination(values.incoming());
    if (isHonest()) {
      world.checkers().onStart(this, made.recovered(), held);
    }
    made.start();
    VirtualFollower follows = new VirtualFollower(world.time(), chain, made, world.pollMillis());
    follower = follows;
    follows.start();
    world.onUp(this);
    if (liar != null) {
      liar.start(born);
    }
  }

  private StreamLoop newLoop() {
    VirtualLoop loop =
        new VirtualLoop(
            world.time(),
            new VirtualLoop.Pace(
                values.c3b().tickMillis(),
                Math.max(values.c3b().tickMillis(), IDLE_TICK_MILLIS),
                queueMax(),
                world::lagMillis),
            new VirtualLoop.Watch() {
              @Override
              public void onStep() {
                if (isHonest() && replica != null) {
                  world.checkers().onStep(SimReplica.this);
                }
              }

              @Override
              public void onHalt(Throwable cause) {
                isSick = true;
                world.story().tell(node, "a stream halts: " + cause.getMessage());
                if (isHonest()) {
                  world.checkers().onHalt(SimReplica.this, cause);
                }
              }
            });
    loops.add(loop);
    return loop;
  }

  void crash(CrashFate fate) {
    if (!isUp) {
      return;
    }
    isUp = false;
    loops.forEach(StreamLoop::close);
    loops.clear();
    if (follower != null) {
      follower.close();
    }
    if (journal != null) {
      journal.crash(fate);
    }
    replica = null;
    router = null;
    world.onDown(this);
  }

  // --- peers and chain ---

  private PeerTransport transport() {
    PeerTransport network = new NodeTransport();
    return liar == null ? world.mutant().transport(this, network) : liar.transport(network);
  }

  private DeliverySubmitter submitter(DeliverySubmitter honest) {
    return liar == null ? new WatchedSubmitter(world, this, honest) : liar.submitter(honest);
  }

  /** What this node gives to the network. */
  private final class NodeTransport implements PeerTransport {
    @Override
    public boolean send(ReplicaId to, PeerMessage message) {
      return SimReplica.this.send(world.nodeOf(to), message);
    }

    @Override
    public boolean isConnected(ReplicaId peer) {
      return world.network().isConnected(node, world.nodeOf(peer));
    }
  }

  /** Sends for this node, whoever thought of it. */
  public boolean send(int to, PeerMessage message) {
    if (isHonest()) {
      world.checkers().onSend(this, to, message);
    }
    world.story().onSend(node, to, message);
    return world.network().send(node, to, message);
  }

  void onMessage(int from, PeerMessage message) {
    PeerRouter routes = router;
    if (routes == null) {
      return;
    }
    if (isHonest()) {
      world.checkers().onArrival(from, this, message);
    }
    if (liar != null) {
      liar.onHeard(message);
    }
    PeerMessage taken = isHonest() ? world.mutant().arrival(this, from, message) : message;
    if (taken != null) {
      routes.onMessages(world.idOf(from), List.of(taken), () -> {});
    }
  }

  void onConnected(int peer) {
    if (router != null) {
      router.onConnected(world.idOf(peer));
    }
  }

  private void wakeFollower() {
    if (follower != null) {
      follower.wake();
    }
  }

  // --- views ---

  /** {@code a0}, {@code b3}. */
  public String name() {
    return world.plan().nameOf(node);
  }

  /** Its number among all nodes. */
  public int node() {
    return node;
  }

  /** 0 or 1. */
  public int side() {
    return world.plan().sideOf(node);
  }

  /** What may wait for a loop or for the workers, from outside. */
  int queueMax() {
    return QueueLimits.offeredMax(world.plan());
  }

  /** What waits for its disk; null if it never ran. */
  @Nullable CommitQueue commits() {
    VirtualJournal open = journal;
    return open == null ? null : open.queue();
  }

  /** Its index in its stake table. */
  public int index() {
    return world.plan().indexOf(node);
  }

  /** Whether it does what the protocol says. */
  public boolean isHonest() {
    return !world.plan().liars().containsKey(node);
  }

  /** Whether its process runs. */
  public boolean isUp() {
    return isUp;
  }

  /** Whether a stream of it has halted. */
  public boolean isSick() {
    return isSick;
  }

  /** Whether it would run but for a disk that cannot be read. */
  boolean isUnreadable() {
    return isUnreadable;
  }

  /** How often it was started. */
  public int life() {
    return life;
  }

  /** What a node runs; null while it is down. */
  public @Nullable BridgeReplica replica() {
    return replica;
  }

  /** Its values. */
  public ReplicaValues values() {
    return values;
  }

  /** Signs with this replica's key. */
  public Signature sign(Hash32 digest) {
    return key.sign(digest);
  }

  /** Whether a node is of the same RSM. */
  public boolean isLocal(int other) {
    return world.plan().sideOf(other) == side();
  }

  /** Sends to all others of the same RSM. */
  public void sendToLocalPeers(PeerMessage message) {
    world.plan().nodesOf(side()).filter(peer -> peer != node).forEach(peer -> send(peer, message));
  }

  /** A connector that takes every reading for whole. */
  public ChainConnector believingConnector() {
    return world
        .chain(side())
        .rpc(index(), (cursor, read, claimed) -> new OutboxRead.Progress(read, claimed));
  }

  BridgeKey key() {
    return key;
  }

  VirtualDisk disk() {
    return disk;
  }
}
