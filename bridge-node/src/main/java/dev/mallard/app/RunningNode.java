package dev.mallard.app;

import dev.mallard.bundle.BundleBuilder;
import dev.mallard.bundle.BundleLimits;
import dev.mallard.c3b.C3bParameters;
import dev.mallard.c3b.StreamReceiver;
import dev.mallard.c3b.StreamSender;
import dev.mallard.certify.AttestationDigest;
import dev.mallard.certify.BridgeKey;
import dev.mallard.certify.CertificateVerifier;
import dev.mallard.certify.Certifier;
import dev.mallard.certify.SignatureScheme;
import dev.mallard.certify.SignerCheck;
import dev.mallard.chain.ChainConnector;
import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.config.NodeConfig;
import dev.mallard.deliver.DeliveryLimits;
import dev.mallard.deliver.DeliveryPlan;
import dev.mallard.deliver.DeliveryTurns;
import dev.mallard.net.NetLimits;
import dev.mallard.net.PeerNetwork;
import dev.mallard.net.PeerNetworkOptions;
import dev.mallard.net.TlsIdentity;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import dev.mallard.store.BridgeStore;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreException;
import io.vertx.core.Vertx;

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

  private final NodeConfig config;
  private final Membership members;
  private final BridgeKey key;
  private final SignatureScheme scheme;
  private final ChainConnector chain;
  private final BridgeStore store;
  private final PeerFaults faults = new PeerFaults();
  private final Workers workers = new Workers("worker", WORKER_THREADS, WORK_MAX);
  private final PeerNetwork network;
  private final SourceStream source;
  private final DestinationStream destination;
  private final ChainFollower follower;
  private final RecoveredSource recovered;

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
    this.config = config;
    this.members = members;
    this.key = key;
    this.scheme = scheme;
    this.chain = chain;
    this.store = store;
    StreamId out = new StreamId(config.chain().id(), config.remote().id());
    StreamId in = out.reverse();
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
    this.recovered = store.loadSource(out);
    RecoveredDestination held = store.loadDestination(in);
    ChainEvents events = new ChainEvents(out, in, store.messages(), board);
    this.follower =
        new ChainFollower(
            chain, out, in, config.chain().pollMillis(), recovered.cursor(), eventsFrom(), events);
    this.source = source(out);
    this.destination = destination(in, held);
    events.bind(source, destination);
    router.bind(source, destination);
  }

  /**
   * Blocks from the durable cursor on may hold events that this node did not see while it was away;
   * a new node needs none of the past.
   */
  private long eventsFrom() {
    return recovered.cursor().map(cursor -> cursor.block().number()).orElse(0L);
  }

  private SourceStream source(StreamId stream) {
    Topology topology = members.topology();
    StakeTable local = topology.localTable();
    C3bParameters c3b = config.c3b();
    AttestationDigest digests =
        new AttestationDigest(stream.destination(), config.remote().inbox());
    StreamSender core =
        new StreamSender(
            stream, c3b, members.self(), local, topology.remoteTable(), recovered.quacked());
    BundleBuilder builder =
        new BundleBuilder(stream, local.epoch(), BundleLimits.V1, new KeccakAccumulator());
    Certifier certifier =
        new Certifier(local, members.self(), c3b.windowBundles(), recovered.quacked());
    return new SourceStream(
        stream,
        core,
        new BundleIntake(stream, builder, c3b.windowBundles(), recovered),
        (loop, sink) ->
            new Certification(
                stream,
                certifier,
                key,
                digests,
                new SignerCheck(local, scheme),
                new CertificateVerifier(local, digests, scheme, new KeccakAccumulator()),
                network,
                store,
                workers,
                faults,
                topology,
                loop,
                sink),
        new AckCheck(
            stream,
            topology.remoteTable(),
            new SignerCheck(topology.remoteTable(), scheme),
            workers,
            faults,
            topology),
        network,
        store,
        store.messages(),
        topology,
        loopLimits(),
        follower::wake);
  }

  private DestinationStream destination(StreamId stream, RecoveredDestination held) {
    Topology topology = members.topology();
    StakeTable local = topology.localTable();
    C3bParameters c3b = config.c3b();
    StreamReceiver core =
        new StreamReceiver(
            stream,
            c3b,
            members.self(),
            topology.remoteTable(),
            local,
            held.executedSequence(),
            held.executedCount(),
            held.held());
    DeliveryLimits limits =
        new DeliveryLimits(
            config.delivery().gasMax(),
            ENTRIES_OF_A_DELIVERY_MAX,
            config.delivery().takeoverBlocks());
    BridgeAddress payout = config.identity().payout().orElse(key.address());
    DeliveryRunner delivery =
        new DeliveryRunner(
            stream,
            new DeliveryPlan(
                new DeliveryTurns(local, c3b.quantum()), limits, members.self(), core.held()),
            limits,
            chain.submitter(stream),
            store,
            payout);
    return new DestinationStream(
        stream,
        core,
        new CertificateVerifier(
            topology.remoteTable(),
            new AttestationDigest(stream.destination(), config.chain().inbox()),
            scheme,
            new KeccakAccumulator()),
        new AckSigner(stream, local.epoch(), key),
        delivery,
        network,
        store,
        store.messages(),
        workers,
        faults,
        topology,
        loopLimits(),
        config.delivery().retentionBundles());
  }

  private LoopLimits loopLimits() {
    return new LoopLimits(OFFERED_MAX, config.c3b().tickMillis());
  }

  /** Sets everything going; the streams first, so that nothing arrives before they can take it. */
  void start() throws java.io.IOException {
    source.start(recovered);
    destination.start();
    Blocking.await(network.start());
    follower.start();
  }

  Membership members() {
    return members;
  }

  SourceStream source() {
    return source;
  }

  DestinationStream destination() {
    return destination;
  }

  PeerNetwork network() {
    return network;
  }

  PeerFaults faults() {
    return faults;
  }

  /** Work that waits on the loops and workers, for metrics. */
  int waiting() {
    return source.waiting() + destination.waiting() + workers.waiting();
  }

  @Override
  public void close() {
    follower.close();
    network.close();
    destination.close();
    source.close();
    workers.close();
  }
}
