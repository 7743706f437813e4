package dev.mallard.app;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.certify.BridgeKey;
import dev.mallard.certify.SignatureScheme;
import dev.mallard.chain.ChainConnector;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.config.NodeConfig;
import dev.mallard.deliver.DeliveryLimits;
import dev.mallard.net.NetLimits;
import dev.mallard.net.PeerNetwork;
import dev.mallard.net.PeerNetworkOptions;
import dev.mallard.net.TlsIdentity;
import dev.mallard.replica.BridgeReplica;
import dev.mallard.replica.DestinationStream;
import dev.mallard.replica.PeerFaults;
import dev.mallard.replica.PeerRouter;
import dev.mallard.replica.ReplicaPorts;
import dev.mallard.replica.ReplicaValues;
import dev.mallard.replica.SourceStream;
import dev.mallard.replica.Topology;
import dev.mallard.store.BridgeStore;
import dev.mallard.store.StoreException;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * The parts of a node that need to know who validates, wired together: two streams, their peers,
 * the follower of the chain. The constructor wires, {@link #start} sets going, {@link #close} stops
 * in the opposite order.
 */
final class RunningNode implements AutoCloseable {
  private static final int ENTRIES_OF_A_DELIVERY_MAX = 128;
  private static final int OFFERED_MAX = 16_384;
  private static final int WORK_MAX = 8_192;
  private static final int WORKER_THREADS = 2;

  /** One submission of a stream is under way at a time. */
  private static final int DELIVERY_WORK_MAX = 4;

  private static final int IDLE_TICK_MILLIS_MAX = 1_000;

  private final Membership members;
  private final PeerFaults faults = new PeerFaults();
  private final ThreadWorkers workers = new ThreadWorkers("worker", WORKER_THREADS, WORK_MAX);
  private final ThreadWorkers delivery = new ThreadWorkers("deliver", 1, DELIVERY_WORK_MAX);
  private final PeerNetwork network;
  private final BridgeReplica replica;
  private final ChainFollower follower;

  RunningNode(
      NodeConfig config,
      Membership members,
      BridgeKey key,
      SignatureScheme scheme,
      TlsIdentity tls,
      ChainConnector chain,
      BridgeStore store,
      ChainBoard board,
      Vertx vertx)
      throws StoreException {
    this.members = members;
    PeerRouter router = new PeerRouter(config.chain().id(), faults);
    this.network =
        new PeerNetwork(
            vertx,
            new PeerNetworkOptions(
                members.selfId(),
                members.local().table().epoch(),
                config.net().listenHost(),
                config.net().port(),
                tls,
                members.peers(),
                NetLimits.defaults()),
            router);
    ReplicaValues values = values(config, members.topology(), key);
    LoopLimits pace = pace(config.c3b());
    this.replica =
        new BridgeReplica(
            values,
            new ReplicaPorts(
                name -> new ThreadLoop(name, pace),
                workers,
                delivery,
                network,
                store,
                store.messages(),
                chain.submitter(values.incoming()),
                key,
                scheme,
                faults,
                this::wakeFollower));
    router.bind(replica);
    ChainEvents events =
        new ChainEvents(replica.source(), replica.destination(), store.messages(), board);
    Optional<OutboxCursor> cursor = replica.recovered().cursor();
    this.follower =
        new ChainFollower(
            chain,
            values.outgoing(),
            values.incoming(),
            config.chain().pollMillis(),
            cursor,
            eventsFrom(cursor),
            events);
  }

  private static ReplicaValues values(NodeConfig config, Topology topology, BridgeKey key) {
    return new ReplicaValues(
        topology,
        config.c3b(),
        new DeliveryLimits(
            config.delivery().gasMax(),
            ENTRIES_OF_A_DELIVERY_MAX,
            config.delivery().takeoverBlocks()),
        config.chain().inbox(),
        config.remote().inbox(),
        config.identity().payout().orElse(key.address()),
        config.delivery().retentionBundles());
  }

  /** Idle, there are heartbeats to send and nothing else. */
  private static LoopLimits pace(C3bParameters c3b) {
    int idle = Math.min(IDLE_TICK_MILLIS_MAX, c3b.heartbeatMillis() / 3);
    return new LoopLimits(OFFERED_MAX, c3b.tickMillis(), Math.max(c3b.tickMillis(), idle));
  }

  /**
   * Blocks from the durable cursor on may hold events that this node did not see while it was away;
   * a new node needs none of the past.
   */
  private static long eventsFrom(Optional<OutboxCursor> cursor) {
    return cursor.map(read -> read.block().number()).orElse(0L);
  }

  private void wakeFollower() {
    follower.wake();
  }

  /** Sets everything going; the streams first, so that nothing arrives before they can take it. */
  void start() throws java.io.IOException {
    replica.start();
    Blocking.await(network.start());
    follower.start();
  }

  Membership members() {
    return members;
  }

  SourceStream source() {
    return replica.source();
  }

  DestinationStream destination() {
    return replica.destination();
  }

  PeerNetwork network() {
    return network;
  }

  PeerFaults faults() {
    return faults;
  }

  /** Work that waits on the loops and workers, for metrics. */
  int waiting() {
    return source().waiting() + destination().waiting() + workers.waiting();
  }

  @Override
  public void close() {
    follower.close();
    network.close();
    replica.close();
    delivery.close();
    workers.close();
  }
}
