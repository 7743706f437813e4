package dev.mallard.replica;

import dev.mallard.bundle.BundleBuilder;
import dev.mallard.bundle.BundleLimits;
import dev.mallard.c3b.StreamReceiver;
import dev.mallard.certify.AttestationDigest;
import dev.mallard.certify.CertificateVerifier;
import dev.mallard.certify.Certifier;
import dev.mallard.certify.SignerCheck;
import dev.mallard.deliver.DeliveryPlan;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreException;

/**
 * One replica of one RSM in its pair of streams: at the source of the outgoing one, at the
 * destination of the incoming one. The constructor wires it to its {@link ReplicaPorts} and takes
 * up what the disk remembers, {@link #start} sets it going.
 */
public final class BridgeReplica implements AutoCloseable {
  private final ReplicaValues values;
  private final ReplicaPorts ports;
  private final ReplicaParts parts;
  private final RecoveredSource recovered;
  private final SourceStream source;
  private final DestinationStream destination;

  /**
   * Reads the disk; blocks.
   *
   * @throws StoreException if it cannot be read
   */
  public BridgeReplica(ReplicaValues values, ReplicaPorts ports) throws StoreException {
    this(values, ports, new ReplicaParts() {});
  }

  /**
   * With other state machines than a node's.
   *
   * @throws StoreException if the disk cannot be read
   */
  public BridgeReplica(ReplicaValues values, ReplicaPorts ports, ReplicaParts parts)
      throws StoreException {
    this.parts = parts;
    this.values = values;
    this.ports = ports;
    this.recovered = ports.journal().loadSource(values.outgoing());
    RecoveredDestination held = ports.journal().loadDestination(values.incoming());
    this.source = newSource(values.outgoing());
    this.destination = newDestination(values.incoming(), held);
  }

  private SourceStream newSource(StreamId stream) {
    Topology topology = values.topology();
    StakeTable local = topology.localTable();
    StakeTable remote = topology.remoteTable();
    int window = values.c3b().windowBundles();
    AttestationDigest digests = parts.attestationDigest(stream.destination(), values.remoteInbox());
    StreamLoop loop = ports.loops().create("out-" + stream);
    Certifier certifier = parts.certifier(values, recovered.quacked());
    return new SourceStream(
        stream,
        loop,
        parts.sender(values, recovered.quacked()),
        new BundleIntake(
            stream,
            new BundleBuilder(stream, local.epoch(), BundleLimits.V1, parts.accumulator()),
            window,
            recovered),
        sink ->
            new Certification(
                stream,
                certifier,
                ports.key(),
                digests,
                new SignerCheck(local, ports.scheme()),
                new CertificateVerifier(local, digests, ports.scheme(), parts.accumulator()),
                ports.peers(),
                ports.journal(),
                ports.workers(),
                ports.faults(),
                topology,
                loop,
                sink),
        new AckCheck(
            remote,
            new SignerCheck(remote, ports.scheme()),
            parts.ackDigest(stream.source()),
            ports.workers(),
            ports.faults(),
            topology),
        ports.peers(),
        ports.journal(),
        ports.index(),
        topology,
        ports.wakeReader());
  }

  private DestinationStream newDestination(StreamId stream, RecoveredDestination held) {
    Topology topology = values.topology();
    StakeTable local = topology.localTable();
    StreamLoop loop = ports.loops().create("in-" + stream);
    StreamReceiver core = parts.receiver(values, held);
    DeliveryPlan plan = parts.plan(values, core.held());
    return new DestinationStream(
        stream,
        loop,
        core,
        parts.verifier(values, ports.scheme()),
        new AckSigner(stream, local.epoch(), parts.ackDigest(stream.source()), ports.key()),
        new DeliveryRunner(
            stream,
            loop,
            plan,
            values.delivery(),
            ports.submitter(),
            ports.journal(),
            ports.deliveryWorkers(),
            values.payout()),
        ports.peers(),
        ports.journal(),
        ports.index(),
        ports.workers(),
        ports.faults(),
        topology,
        values.retentionBundles());
  }

  /** Sets both streams going; what peers say may come from now on. */
  public void start() {
    source.start(recovered);
    destination.start();
  }

  /** The outgoing stream. */
  public SourceStream source() {
    return source;
  }

  /** The incoming stream. */
  public DestinationStream destination() {
    return destination;
  }

  /** What the disk remembered of the outgoing stream: where reading the chain goes on. */
  public RecoveredSource recovered() {
    return recovered;
  }

  @Override
  public void close() {
    destination.close();
    source.close();
  }
}
