package dev.mallard.replica;

import dev.mallard.api.NodeStatus;
import dev.mallard.c3b.Effect;
import dev.mallard.c3b.Input;
import dev.mallard.c3b.Origin;
import dev.mallard.c3b.PeerFault;
import dev.mallard.c3b.StreamReceiver;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.certify.BundleVerdict;
import dev.mallard.certify.CertificateVerifier;
import dev.mallard.chain.InboxState;
import dev.mallard.net.PeerTransport;
import dev.mallard.stake.ReplicaId;
import dev.mallard.stake.StreamId;
import dev.mallard.store.Journal;
import dev.mallard.store.MessageIndex;
import dev.mallard.store.MessageStage;
import dev.mallard.store.StoreException;
import dev.mallard.store.StoreWrite;
import dev.mallard.wire.PeerMessage;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The destination side of a stream: receive, verify, journal, broadcast, acknowledge, deliver.
 * Drives {@link StreamReceiver} on the stream's loop and carries out its effects; signatures and
 * disk run on workers and the journal's thread.
 */
public final class DestinationStream implements AutoCloseable, StreamLoop.Driven {
  private static final Logger LOG = LoggerFactory.getLogger(DestinationStream.class);

  private final StreamId stream;
  private final StreamReceiver core;
  private final StreamLoop loop;
  private final CertificateVerifier verifier;
  private final AckSigner acks;
  private final DeliveryRunner delivery;
  private final PeerTransport peers;
  private final Journal journal;
  private final StreamJournal disk;
  private final MessageIndex index;
  private final Workers workers;
  private final PeerFaults faults;
  private final Topology topology;
  private final ExecutedJournal executed;
  private final ArrayDeque<Effect.VerifyBundle> deferredChecks = new ArrayDeque<>();
  private final List<ReplicaId> localPeers;

  private long crossed;
  private long finalCount;
  private volatile String halted = "";
  private volatile NodeStatus.Destination status;
  private long statusDueAt = Long.MIN_VALUE;

  /** Everything a destination side is wired to; {@code core} holds what the disk remembered. */
  DestinationStream(
      StreamId stream,
      StreamLoop loop,
      StreamReceiver core,
      CertificateVerifier verifier,
      AckSigner acks,
      DeliveryRunner delivery,
      PeerTransport peers,
      Journal journal,
      MessageIndex index,
      Workers workers,
      PeerFaults faults,
      Topology topology,
      int retentionBundles) {
    this.stream = stream;
    this.loop = loop;
    this.core = core;
    this.verifier = verifier;
    this.acks = acks;
    this.delivery = delivery;
    this.peers = peers;
    this.journal = journal;
    this.disk = new StreamJournal(journal, loop);
    this.index = index;
    this.workers = workers;
    this.faults = faults;
    this.topology = topology;
    this.executed = new ExecutedJournal(stream, retentionBundles, disk);
    this.localPeers = topology.localPeers();
    this.status = snapshot();
  }

  /** Starts the loop. */
  public void start() {
    loop.start(this);
  }

  /** Which stream. */
  public StreamId stream() {
    return stream;
  }

  /** Made while ticking; not older than {@link NodeStatus#AGE_MILLIS_MAX} and a tick. */
  public NodeStatus.Destination status() {
    return status;
  }

  // --- inputs from other threads ---

  boolean onBundle(
      ReplicaId from, boolean fromLocal, PeerMessage.BundleMessage message, Runnable done) {
    Origin origin = fromLocal ? new Origin.Local(from.index()) : new Origin.Remote(from.index());
    return loop.offer(
        () -> {
          if (!fromLocal) { // first: it moves the window that the bundle must lie in
            announce(from.index(), message.top(), message.quacked());
          }
          step(new Input.BundleOffered(origin, message.bundle()));
        },
        done);
  }

  boolean onAnnounce(int replica, long top, long quacked, Runnable done) {
    return loop.offer(() -> announce(replica, top, quacked), done);
  }

  boolean onFetch(int replica, long from, int count, Runnable done) {
    return loop.offer(() -> step(new Input.FetchAsked(replica, from, count)), done);
  }

  /** The local chain moved. */
  public void onInbox(InboxState latest, InboxState finalized) {
    loop.post(() -> {
      delivery.onInbox(latest);
      finalCount = finalized.count();
      step(new Input.InboxFinalized(finalized.sequence(), finalized.count()));
    });
  }

  // --- on the loop ---

  private void announce(int replica, long top, long quacked) {
    step(new Input.Announced(replica, top, quacked));
  }

  private void step(Input.Receiver input) {
    core.step(loop.nowMillis(), input, this::carryOut);
  }

  @Override
  public void onTick(long nowMillis) {
    while (!deferredChecks.isEmpty() && offerCheck(deferredChecks.peek())) {
      deferredChecks.remove();
    }
    disk.onTick();
    core.step(nowMillis, new Input.Tick(), this::carryOut);
    delivery.onTick(nowMillis);
    if (nowMillis >= statusDueAt || isIdle()) {
      status = snapshot();
      statusDueAt = nowMillis + NodeStatus.AGE_MILLIS_MAX;
    }
  }

  @Override
  public boolean isIdle() {
    return core.isIdle() && deferredChecks.isEmpty() && disk.isIdle();
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.VerifyBundle verify -> {
        if (!deferredChecks.isEmpty() || !offerCheck(verify)) {
          deferredChecks.add(verify);
        }
      }
      case Effect.JournalBundle made -> journalBundle(made.bundle());
      case Effect.BroadcastBundle made -> broadcast(made.bundle());
      case Effect.SendAck ack ->
          workers.offer(() ->
              peers.send(
                  topology.remote(ack.receiver()),
                  acks.ack(ack.cumulative(), ack.phi(), ack.crossing())));
      case Effect.FetchBundles fetch ->
          peers.send(
              topology.local(fetch.replica()),
              new PeerMessage.FetchMessage(stream, fetch.from(), fetch.count()));
      case Effect.ServeBundles serve -> workers.offer(() -> serve(serve));
      case Effect.HeldAdvanced held -> delivery.onHeld(held.sequence());
      case Effect.InboundExecuted made -> executed.onExecuted(made.sequence(), finalCount);
      case Effect.PeerFaulted fault -> count(fault.origin(), fault.fault());
      default -> throw new IllegalStateException("not an effect of a destination: " + effect);
    }
  }

  private boolean offerCheck(Effect.VerifyBundle verify) {
    return workers.offer(() -> check(verify), () -> refuse(verify, PeerFault.BAD_FRAME));
  }

  private void refuse(Effect.VerifyBundle verify, PeerFault fault) {
    loop.post(() -> step(new Input.BundleRefused(verify.origin(), verify.bundle(), fault)));
  }

  private void check(Effect.VerifyBundle verify) {
    switch (verifier.verify(verify.bundle())) {
      case BundleVerdict.Verified(var bundle, var entries) -> {
        index.onEntries(stream, bundle.sequence(), entries, List.of());
        stage(bundle, MessageStage.CROSSED);
        loop.post(() -> {
          if (verify.origin() instanceof Origin.Remote) {
            crossed++;
          }
          step(new Input.BundleVerified(verify.origin(), bundle));
        });
      }
      case BundleVerdict.Refused(PeerFault fault) -> refuse(verify, fault);
    }
  }

  private void stage(CertifiedBundle bundle, MessageStage stage) {
    index.onStage(
        stream,
        bundle.header().firstIndex(),
        bundle.header().lastIndex(),
        stage,
        loop.wallMillis());
  }

  private void journalBundle(CertifiedBundle bundle) {
    disk.commit(
        List.of(new StoreWrite.Inbound(bundle)),
        () -> {
          stage(bundle, MessageStage.HELD);
          step(new Input.BundlesJournaled(List.of(bundle)));
        });
  }

  private void broadcast(CertifiedBundle bundle) {
    PeerMessage message = bundleMessage(bundle);
    for (ReplicaId peer : localPeers) {
      peers.send(peer, message);
    }
  }

  private static PeerMessage bundleMessage(CertifiedBundle bundle) {
    return new PeerMessage.BundleMessage(
        new OfferedBundle(bundle.header(), bundle.body(), bundle.proof()), 0, 0);
  }

  private void serve(Effect.ServeBundles serve) {
    try {
      for (long sequence = serve.from(); sequence < serve.from() + serve.count(); sequence++) {
        Optional<CertifiedBundle> bundle = journal.readInbound(stream, sequence);
        if (bundle.isPresent()
            && !peers.send(topology.local(serve.replica()), bundleMessage(bundle.get()))) {
          return;
        }
      }
    } catch (StoreException e) {
      LOG.error("stream {}: a fetch could not be served: {}", stream, e.getMessage());
    }
  }

  private void count(Origin origin, PeerFault fault) {
    ReplicaId peer =
        switch (origin) {
          case Origin.Remote remote -> topology.remote(remote.replica());
          case Origin.Local local -> topology.local(local.replica());
        };
    faults.count(peer, fault);
    LOG.warn("stream {}: peer {} sent a bundle that was refused: {}", stream, peer, fault);
  }

  @Override
  public void onHalt(Throwable cause) {
    halted = String.valueOf(cause.getMessage());
    status = snapshot();
  }

  private NodeStatus.Destination snapshot() {
    long announced = core.status().announcedTop();
    return new NodeStatus.Destination(
        stream,
        announced,
        core.held(),
        delivery.executed(),
        core.executed(),
        delivery.executedCount(),
        crossed,
        delivery.submitted(),
        delivery.failed(),
        waitsOn(announced),
        halted);
  }

  /** What the oldest message that is not executed waits for. */
  private String waitsOn(long announced) {
    if (core.held() > delivery.executed()) {
      String mine = delivery.trouble().isEmpty() ? "" : "; here: " + delivery.trouble();
      return delivery
          .turn()
          .map(turn ->
              "bundle "
                  + (delivery.executed() + 1)
                  + " waits for replica "
                  + turn
                  + " to submit it"
                  + mine)
          .orElse("");
    }
    if (announced > core.held()) {
      return "bundle " + (core.held() + 1) + " was announced and has not arrived";
    }
    return "";
  }

  /** The state machine, for whoever checks it; on the loop only. */
  public StreamReceiver core() {
    return core;
  }

  /** Work that waits on the loop, for metrics. */
  public int waiting() {
    return loop.waiting();
  }

  /** What found no room with the disk or the workers and is tried again ([G-4]). */
  public int deferred() {
    return disk.waiting() + deferredChecks.size();
  }

  @Override
  public void close() {
    loop.close();
  }
}
