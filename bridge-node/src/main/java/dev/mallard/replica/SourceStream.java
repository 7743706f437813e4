package dev.mallard.replica;

import dev.mallard.api.NodeStatus;
import dev.mallard.bundle.BuiltBundle;
import dev.mallard.c3b.Effect;
import dev.mallard.c3b.Input;
import dev.mallard.c3b.StreamSender;
import dev.mallard.c3b.ack.AckProof;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.SignedAck;
import dev.mallard.certify.SignedAttestation;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.OutboxRead;
import dev.mallard.net.PeerTransport;
import dev.mallard.stake.StreamId;
import dev.mallard.store.Journal;
import dev.mallard.store.MessageIndex;
import dev.mallard.store.MessageStage;
import dev.mallard.store.RecoveredSource;
import dev.mallard.store.StoreWrite;
import dev.mallard.wire.PeerMessage;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The source side of a stream: finalized entries to bundles, bundles to certificates, certified
 * bundles across, acks to quacks. Drives {@link Certification} and {@link StreamSender} on the
 * stream's loop.
 */
public final class SourceStream implements AutoCloseable, StreamLoop.Driven {
  private static final Logger LOG = LoggerFactory.getLogger(SourceStream.class);

  private final StreamId stream;
  private final StreamSender core;
  private final StreamLoop loop;
  private final BundleIntake intake;
  private final Certification certification;
  private final AckCheck ackCheck;
  private final PeerTransport peers;
  private final StreamJournal disk;
  private final MessageIndex index;
  private final Topology topology;
  private final Runnable wakeReader;

  /** Headers beyond the quack frontier: which entries a bundle number stands for. */
  private final NavigableMap<Long, BundleHeader> unquacked = new TreeMap<>();

  /** Certified bundles that the window has no room for; bounded by what the intake lets in. */
  private final ArrayDeque<CertifiedBundle> windowWaits = new ArrayDeque<>();

  private volatile long quacked;
  private long crossings;
  private long resends;
  private volatile String halted = "";
  private volatile NodeStatus.Source status;
  private long statusDueAt = Long.MIN_VALUE;

  /** Everything a source side is wired to; {@code core} starts at the durable quack frontier. */
  SourceStream(
      StreamId stream,
      StreamLoop loop,
      StreamSender core,
      BundleIntake intake,
      CertificationFactory certification,
      AckCheck ackCheck,
      PeerTransport peers,
      Journal journal,
      MessageIndex index,
      Topology topology,
      Runnable wakeReader) {
    this.stream = stream;
    this.loop = loop;
    this.core = core;
    this.intake = intake;
    this.ackCheck = ackCheck;
    this.peers = peers;
    this.disk = new StreamJournal(journal, loop);
    this.index = index;
    this.topology = topology;
    this.wakeReader = wakeReader;
    this.certification = certification.create(this::onCertified);
    this.quacked = core.quacked();
    this.status = snapshot();
  }

  /** Starts the loop and takes up what the disk remembered as unquacked ([CATCH-1]). */
  public void start(RecoveredSource recovered) {
    loop.post(() -> {
      for (RecoveredSource.Outbound bundle : recovered.outbound()) {
        unquacked.put(bundle.header().sequence(), bundle.header());
        certification.onRecovered(bundle);
      }
    });
    loop.start(this);
  }

  /** Which stream. */
  public StreamId stream() {
    return stream;
  }

  /** Made while ticking; not older than {@link NodeStatus#AGE_MILLIS_MAX} and a tick. */
  public NodeStatus.Source status() {
    return status;
  }

  /** Whether reading the Outbox may go on; asked by the chain's follower ([SEND-2]). */
  public boolean isReadWanted() {
    return halted.isEmpty() && intake.hasRoom(quacked);
  }

  // --- inputs from other threads ---

  /** The follower read on; after {@link #isReadWanted} said so. */
  public void onOutbox(OutboxRead.Progress progress) {
    intake.onHandedOver();
    loop.post(() -> build(progress));
  }

  /** A local peer attests. */
  boolean onAttestation(int replica, SignedAttestation signed, Runnable done) {
    return certification.onAttestation(replica, signed, done);
  }

  /** A local peer sends a certificate. */
  boolean onCertificate(int replica, Certificate certificate, Runnable done) {
    return certification.onCertificate(replica, certificate, done);
  }

  /** A remote peer acknowledges. */
  boolean onAck(int replica, PeerMessage.AckMessage message, Runnable done) {
    SignedAck ack = message.ack();
    return ackCheck.check(
        replica,
        ack,
        passed -> {
          Input.Sender arrived =
              new Input.AckArrived(
                  replica, ack.cumulative(), message.phi(), message.crossing(), ack);
          if (!passed || !loop.offer(() -> step(arrived), done)) {
            done.run(); // a peer says it again: what finds no room may be dropped
          }
        });
  }

  void onLocalPeerConnected(int replica) {
    loop.post(() -> certification.onPeerConnected(replica));
  }

  /** The chain took back a finalized block: the stream halts. */
  public void onFinalityBroken(BlockRef expected, BlockRef found) {
    loop.post(() ->
        loop.halt(
            new IllegalStateException(
                "finalized block " + expected + " was replaced by " + found)));
  }

  // --- on the loop ---

  private void build(OutboxRead.Progress progress) {
    boolean isReaderPaused = intake.isFullOfReadings();
    BundleIntake.Built built = intake.build(progress);
    if (isReaderPaused) {
      wakeReader.run();
    }
    long wall = loop.wallMillis();
    for (BuiltBundle bundle : built.bundles()) {
      BundleHeader header = bundle.header();
      index.onEntries(stream, header.sequence(), bundle.entries(), bundle.transactions());
      stage(header, MessageStage.SENT, 1000 * bundle.block().timestampSeconds());
      stage(header, MessageStage.FINALIZED, wall);
      if (header.sequence() > core.quacked()) {
        unquacked.put(header.sequence(), header);
      } else {
        stage(header, MessageStage.QUACKED, wall); // others were faster
      }
    }
    for (BundleIntake.Durable durable : built.commits()) {
      disk.commit(durable.writes(), () -> certification.onBuilt(durable.bundles()));
    }
  }

  private void onCertified(CertifiedBundle bundle, boolean fresh) {
    stage(bundle.header(), MessageStage.CERTIFIED, loop.wallMillis());
    if (fresh && bundle.proof() instanceof Certificate certificate) {
      disk.commit(List.of(new StoreWrite.OutboundCertified(certificate)), () -> {});
    }
    windowWaits.add(bundle);
    fillWindow();
  }

  /** Certified bundles enter the core only while its window is open ([SEND-2]). */
  private void fillWindow() {
    while (!windowWaits.isEmpty() && core.isIntakeOpen()) {
      core.step(loop.nowMillis(), new Input.BundleCertified(windowWaits.remove()), this::carryOut);
    }
  }

  private void step(Input.Sender input) {
    core.step(loop.nowMillis(), input, this::carryOut);
    fillWindow();
  }

  @Override
  public void onTick(long nowMillis) {
    disk.onTick();
    core.step(nowMillis, new Input.Tick(), this::carryOut);
    fillWindow();
    certification.onTick();
    if (nowMillis >= statusDueAt || isIdle()) {
      status = snapshot();
      statusDueAt = nowMillis + NodeStatus.AGE_MILLIS_MAX;
    }
  }

  @Override
  public boolean isIdle() {
    return core.isIdle() && windowWaits.isEmpty() && certification.isIdle() && disk.isIdle();
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.SendBundle send -> sendBundle(send);
      case Effect.SendAnnounce announce ->
          peers.send(
              topology.remote(announce.receiver()),
              new PeerMessage.AnnounceMessage(stream, announce.top(), announce.quacked()));
      case Effect.QuackAdvanced quack -> onQuacked(quack.quacked(), quack.proofs());
      case Effect.BundleQuacked quacked -> {
        BundleHeader header = unquacked.get(quacked.sequence());
        if (header != null) {
          stage(header, MessageStage.QUACKED, loop.wallMillis());
        }
      }
      case Effect.RoundOpened round ->
          LOG.info(
              "stream {}: bundle {} counts as lost, resend round {}",
              stream,
              round.sequence(),
              round.round());
      case Effect.IntakeChanged change -> {
        if (change.open()) {
          wakeReader.run();
        }
      }
      default -> throw new IllegalStateException("not an effect of a source: " + effect);
    }
  }

  private void sendBundle(Effect.SendBundle send) {
    CertifiedBundle bundle = send.bundle();
    if (send.round() == 0) {
      crossings++;
      stage(bundle.header(), MessageStage.CROSSED, loop.wallMillis());
    } else {
      resends++;
    }
    peers.send(
        topology.remote(send.receiver()),
        new PeerMessage.BundleMessage(
            new OfferedBundle(bundle.header(), bundle.body(), bundle.proof()),
            send.top(),
            send.quacked()));
  }

  private void onQuacked(long frontier, Map<Integer, AckProof> proofs) {
    quacked = frontier;
    long wall = loop.wallMillis();
    NavigableMap<Long, BundleHeader> done = unquacked.headMap(frontier, true);
    done.values().forEach(header -> stage(header, MessageStage.QUACKED, wall));
    done.clear();
    certification.onQuacked(frontier);
    Map<Integer, SignedAck> acks = new HashMap<>();
    proofs.forEach((replica, proof) -> {
      if (proof instanceof SignedAck ack) {
        acks.put(replica, ack);
      }
    });
    disk.commit(List.of(new StoreWrite.QuackFrontier(stream, frontier, acks)), () -> {});
    wakeReader.run();
  }

  private void stage(BundleHeader header, MessageStage stage, long wallMillis) {
    index.onStage(stream, header.firstIndex(), header.lastIndex(), stage, wallMillis);
  }

  @Override
  public void onHalt(Throwable cause) {
    halted = String.valueOf(cause.getMessage());
    status = snapshot();
  }

  private NodeStatus.Source snapshot() {
    return new NodeStatus.Source(
        stream,
        intake.readBlock(),
        intake.count(),
        intake.lastSequence(),
        core.top(),
        core.quacked(),
        core.inFlight(),
        core.isIntakeOpen(),
        crossings,
        resends,
        waitsOn(),
        halted);
  }

  /** The oldest message that is not quacked, and who is missing. */
  private String waitsOn() {
    if (intake.lastSequence() > core.top()) {
      return "bundle "
          + (core.top() + 1)
          + " waits for attestations of local replicas "
          + certification.missing();
    }
    return core.oldest()
        .map(oldest ->
            "bundle "
                + oldest.sequence()
                + " waits for acks of remote replicas "
                + oldest.missing()
                + (oldest.round() == 0 ? "" : ", resend round " + oldest.round()))
        .orElse("");
  }

  /** Work that waits on the loop, for metrics. */
  public int waiting() {
    return loop.waiting();
  }

  /** Bundles that are not quacked, and those of them that the window has no room for ([G-4]). */
  public int bundlesWaiting() {
    return unquacked.size() + windowWaits.size();
  }

  /** Bundles that certification remembers something of ([G-4]). */
  public int attestedBundles() {
    return certification.remembered();
  }

  /** What found no room with the disk or the workers and is tried again ([G-4]). */
  public int deferred() {
    return disk.waiting() + certification.waiting();
  }

  @Override
  public void close() {
    loop.close();
  }

  /** The state machine, for whoever checks it; on the loop only. */
  public StreamSender core() {
    return core;
  }

  /** Makes the certification of the stream. */
  interface CertificationFactory {
    /** Certified bundles go to {@code sink}, on the loop. */
    Certification create(Certification.CertifiedSink sink);
  }
}
