package dev.mallard.c3b;

import dev.mallard.c3b.ack.AckSchedule;
import dev.mallard.c3b.ack.LastCrossing;
import dev.mallard.c3b.ack.PhiBuilder;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.receive.FetchPlan;
import dev.mallard.c3b.receive.HeldBundles;
import dev.mallard.c3b.receive.OfferCheck;
import dev.mallard.c3b.receive.OfferVerdict;
import dev.mallard.c3b.receive.PendingBundle;
import dev.mallard.c3b.receive.PendingBundle.Stage;
import dev.mallard.c3b.receive.PendingBundles;
import dev.mallard.c3b.receive.RelayMemory;
import dev.mallard.c3b.receive.ServeBudget;
import dev.mallard.c3b.receive.SourceProgress;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The destination side of one stream at one replica: takes bundles from the other RSM and from
 * local peers, has them verified and made durable ([RECV-1], [RECV-3]), passes on what came across
 * ([RECV-2]), acknowledges ([ACK-1], [ACK-2]), and fetches from local peers what a correct one must
 * hold ([GC-2]).
 *
 * <p>Of one frame {@link Input.Announced} comes before {@link Input.BundleOffered}: a lagging
 * replica then knows that a bundle beyond its window is no fault of the sender. Each {@link
 * Effect.VerifyBundle} is answered once.
 */
public final class StreamReceiver {
  private final C3bParameters parameters;
  private final int self;
  private final int locals;
  private final int remotes;
  private final OfferCheck check;
  private final HeldBundles held;
  private final PendingBundles pending;
  private final SourceProgress progress;
  private final SettledValue settledQuack;
  private final AckSchedule acks;
  private final FetchPlan fetches;
  private final ServeBudget serves;
  private final RelayMemory relays;
  private final StepClock clock;
  private LastCrossing lastCrossing = LastCrossing.NONE;
  private boolean isStarted;
  private @Nullable PhiList phiOfStep;

  /**
   * @param self this replica's index in the destination's stake table
   * @param executedSequence last bundle that the local Inbox executed at a finalized block, as the
   *     disk remembers
   * @param executedCount entries up to it
   * @param held headers of all bundles on disk beyond it, in order, perhaps with gaps
   */
  public StreamReceiver(
      StreamId stream,
      C3bParameters parameters,
      int self,
      StakeTable source,
      StakeTable destination,
      long executedSequence,
      long executedCount,
      List<BundleHeader> held) {
    this.parameters = parameters;
    this.locals = destination.size();
    this.remotes = source.size();
    this.self = Objects.checkIndex(self, locals);
    this.held = new HeldBundles(executedSequence, executedCount, held);
    this.pending = new PendingBundles(parameters.windowBytes());
    this.progress = new SourceProgress(source, executedSequence);
    this.check = new OfferCheck(stream, source.epoch(), parameters, this.held, progress);
    this.settledQuack = new SettledValue(parameters.announceMillis(), executedSequence);
    this.acks =
        new AckSchedule(
            remotes, self, parameters.ackIntervalMillis(), parameters.heartbeatMillis());
    this.fetches =
        new FetchPlan(
            locals,
            self,
            parameters.fetchBatchBundles(),
            parameters.lossTimeoutMillisMin(),
            parameters.lossTimeoutMillisMax());
    this.serves = new ServeBudget(locals, parameters.ackIntervalMillis());
    this.relays =
        new RelayMemory(parameters.lossTimeoutMillisMin(), 2 * parameters.windowBundles());
    this.clock = new StepClock(parameters.pauseMillisMax());
  }

  /**
   * Takes one input.
   *
   * @param nowMillis of a clock that never goes back
   * @throws IllegalStateException if an invariant broke: a bug, after which this stream must not go
   *     on
   */
  public void step(long nowMillis, Input.Receiver input, EffectSink out) {
    clock.advance(nowMillis);
    switch (input) {
      case Input.Tick tick -> onTick(out);
      case Input.BundleOffered offered -> onOffered(offered.origin(), offered.bundle(), out);
      case Input.BundleVerified verified -> onVerified(verified.origin(), verified.bundle(), out);
      case Input.BundleRefused refused -> onRefused(refused, out);
      case Input.BundlesJournaled journaled -> onJournaled(journaled.bundles(), out);
      case Input.Announced announced -> onAnnounced(announced);
      case Input.InboxFinalized inbox -> onInbox(inbox.sequence(), inbox.count(), out);
      case Input.FetchAsked asked -> onFetchAsked(asked, out);
    }
    checkInvariants();
  }

  private void onTick(EffectSink out) {
    if (!isStarted) {
      isStarted = true;
      sendHeld(out);
    }
    settledQuack.observe(progress.quacked(), clock.now());
    sendFetches(out);
    sendAcks(out);
  }

  // --- bundles, from offer to disk ---

  private void onOffered(Origin origin, OfferedBundle bundle, EffectSink out) {
    Objects.checkIndex(origin.replica(), origin instanceof Origin.Remote ? remotes : locals);
    OfferVerdict verdict = check.check(origin, bundle.header());
    if (origin instanceof Origin.Remote(int sender)
        && !(verdict instanceof OfferVerdict.False)
        && parameters.isLossTimeoutMeasured()) {
      lastCrossing = new LastCrossing(sender, bundle.header().sequence());
    }
    switch (verdict) {
      case OfferVerdict.Wanted wanted -> verify(origin, bundle, Stage.VERIFYING, out);
      case OfferVerdict.Held isHeld -> relay(origin, bundle, out);
      case OfferVerdict.Useless useless -> {}
      case OfferVerdict.False(PeerFault fault) -> out.accept(new Effect.PeerFaulted(origin, fault));
    }
  }

  private void verify(Origin origin, OfferedBundle bundle, Stage stage, EffectSink out) {
    if (pending.offer(origin, bundle, stage)) {
      out.accept(new Effect.VerifyBundle(origin, bundle));
    }
  }

  /**
   * A replica of the source sends again what is held here: others miss it, so they shall get it
   * from here ([RECV-2]).
   */
  private void relay(Origin origin, OfferedBundle bundle, EffectSink out) {
    long sequence = bundle.header().sequence();
    boolean isUseful =
        origin instanceof Origin.Remote
            && locals > 1
            && sequence > Math.max(held.executed(), progress.quacked());
    if (isUseful
        && relays.isDue(sequence, clock.now())
        && pending.size() < parameters.windowBundles()) {
      verify(origin, bundle, Stage.VERIFYING_TO_RELAY, out);
    }
  }

  private void onVerified(Origin origin, CertifiedBundle bundle, EffectSink out) {
    PendingBundle verified = pending.get(bundle.sequence());
    if (verified == null || !verified.isVerifying(origin)) {
      return; // executed in the meantime
    }
    if (verified.stage() == Stage.VERIFYING_TO_RELAY) {
      pending.remove(bundle.sequence());
      broadcast(bundle, out);
    } else if (held.isContinuous(bundle.header())) {
      pending.onVerified(verified);
      out.accept(new Effect.JournalBundle(bundle));
    } else {
      pending.remove(bundle.sequence());
      out.accept(new Effect.PeerFaulted(origin, PeerFault.BROKEN_CONTINUITY));
    }
  }

  private void onRefused(Input.BundleRefused refused, EffectSink out) {
    out.accept(new Effect.PeerFaulted(refused.origin(), refused.fault()));
    long sequence = refused.bundle().header().sequence();
    PendingBundle bundle = pending.get(sequence);
    if (bundle != null && bundle.isVerifying(refused.origin())) {
      PendingBundle.Offer next = pending.onRefused(sequence, bundle);
      if (next != null) {
        out.accept(new Effect.VerifyBundle(next.origin(), next.bundle()));
      }
    }
  }

  private void onJournaled(List<CertifiedBundle> bundles, EffectSink out) {
    long before = held.cumulative();
    for (CertifiedBundle bundle : bundles) {
      PendingBundle journaled = pending.get(bundle.sequence());
      if (journaled != null && journaled.stage() == Stage.JOURNALING) {
        pending.remove(bundle.sequence());
        held.hold(bundle.header());
        if (journaled.origin() instanceof Origin.Remote) {
          broadcast(bundle, out);
        }
      }
    }
    fetches.onProgress();
    acks.onNews();
    if (held.cumulative() > before) {
      onHeldAdvanced(out);
    }
  }

  private void broadcast(CertifiedBundle bundle, EffectSink out) {
    relays.onBroadcast(bundle.sequence(), clock.now());
    if (locals > 1) {
      out.accept(new Effect.BroadcastBundle(bundle));
    }
  }

  // --- the local chain ---

  private void onInbox(long sequence, long count, EffectSink out) {
    long before = held.cumulative();
    if (!held.execute(sequence, count)) {
      return;
    }
    pending.removeUpTo(sequence);
    relays.removeUpTo(sequence);
    out.accept(new Effect.InboundExecuted(sequence));
    if (held.cumulative() > before) {
      onHeldAdvanced(out);
    }
  }

  private void onHeldAdvanced(EffectSink out) {
    sendHeld(out);
    acks.onProgress();
    if (isStarted) {
      sendAcks(out);
    }
  }

  private void sendHeld(EffectSink out) {
    if (held.cumulative() > 0) {
      out.accept(new Effect.HeldAdvanced(held.cumulative()));
    }
  }

  // --- announcements and acknowledgements ---

  private void onAnnounced(Input.Announced announced) {
    int replica = Objects.checkIndex(announced.replica(), remotes);
    long top = Math.min(announced.top(), C3bParameters.SEQUENCE_MAX);
    long quacked = Math.min(announced.quacked(), C3bParameters.SEQUENCE_MAX);
    if (progress.onAnnounced(replica, top, quacked)) {
      acks.onNews();
    }
    if (isAskingForAck(replica)) {
      acks.onAsked(replica, clock.now());
    }
  }

  private boolean isAskingForAck(int source) {
    return progress.topOf(source) > held.cumulative()
        || progress.quackedOf(source) < held.cumulative();
  }

  private void sendAcks(EffectSink out) {
    boolean isOutstanding = lastKnown() > held.cumulative();
    phiOfStep = null;
    acks.sendDue(clock.now(), isOutstanding, this::isAskingForAck, source -> sendAck(source, out));
  }

  /** All that are told in one step are told the same: the list is made once, if at all. */
  private void sendAck(int source, EffectSink out) {
    PhiList phi = phiOfStep;
    if (phi == null) {
      phi = phi();
      phiOfStep = phi;
    }
    out.accept(new Effect.SendAck(source, held.cumulative(), phi, lastCrossing));
  }

  /**
   * Speaks only of what would be taken: what lies beyond is not missed, so nobody resends it
   * ([G-4]).
   */
  private PhiList phi() {
    PhiBuilder phi = new PhiBuilder(held.cumulative(), lastKnown(), parameters.phiBits());
    held.beyond().keySet().forEach(phi::onHeld);
    return phi.build();
  }

  private long lastKnown() {
    return Math.min(check.last(), Math.max(held.highest(), progress.topClaimed()));
  }

  // --- fetching from local peers ---

  /**
   * Fetches what should have come by broadcast long ago; what was quacked just now is on its way.
   */
  private void sendFetches(EffectSink out) {
    long to = Math.min(check.last(), Math.min(settledQuack.settled(), progress.quacked()));
    long from = held.cumulative() + 1;
    for (FetchPlan.Request request = fetches.next(clock.now(), from, to, this::isMissing);
        request != null;
        request = fetches.next(clock.now(), from, to, this::isMissing)) {
      out.accept(new Effect.FetchBundles(request.peer(), request.from(), request.count()));
    }
  }

  private boolean isMissing(long sequence) {
    return !held.isHeld(sequence) && !pending.isPending(sequence);
  }

  private void onFetchAsked(Input.FetchAsked asked, EffectSink out) {
    int peer = Objects.checkIndex(asked.replica(), locals);
    long last = Math.min(held.highest(), asked.from() + asked.count() - 1L);
    if (asked.from() < 1
        || asked.count() < 1
        || asked.count() > parameters.fetchBatchBundles()
        || !serves.take(peer, clock.now())) {
      out.accept(new Effect.PeerFaulted(new Origin.Local(peer), PeerFault.FLOOD));
    } else if (peer != self && asked.from() <= last) {
      int count = (int) (last - asked.from() + 1);
      out.accept(new Effect.ServeBundles(peer, asked.from(), count));
    }
  }

  // --- views ---

  /** p: every bundle up to it is durable here or executed by the local chain. */
  public long held() {
    return held.cumulative();
  }

  /** Every bundle up to it is executed by the local chain at a finalized block. */
  public long executed() {
    return held.executed();
  }

  /** Bundles that are being verified or written ([G-4]). */
  public int pendingBundles() {
    return pending.size();
  }

  /** Copies of them that nobody has verified yet ([G-4]). */
  public int unverifiedCopies() {
    return pending.offers();
  }

  /** The bytes of these copies ([G-4]). */
  public long unverifiedBytes() {
    return pending.offeredBytes();
  }

  /** Broadcasts remembered ([G-4]). */
  public int relaysRemembered() {
    return relays.size();
  }

  /** Whether nothing is missing, under way or owed: ticks may be rare until something comes. */
  public boolean isIdle() {
    return lastKnown() <= held.cumulative()
        && pending.size() == 0
        && fetches.size() == 0
        && acks.isSettled();
  }

  /** What to show people: what is missing, and how far the source says it is. */
  public ReceiverStatus status() {
    return new ReceiverStatus(
        held.executed(),
        held.cumulative(),
        held.highest(),
        held.missing(Math.max(held.highest(), progress.top()), ReceiverStatus.MISSING_LISTED_MAX),
        progress.top(),
        progress.quacked(),
        pending.size(),
        fetches.size());
  }

  /** For {@link StateSink}: everything that decides what this machine does from now on. */
  public void describeState(StateSink sink) {
    clock.describeState(sink);
    sink.put(isStarted);
    sink.put(lastCrossing.sender());
    sink.put(lastCrossing.sequence());
    held.describeState(sink);
    pending.describeState(sink);
    progress.describeState(sink);
    settledQuack.describeState(sink, clock.now());
    acks.describeState(sink, clock.now());
    fetches.describeState(sink, clock.now());
    serves.describeState(sink, clock.now());
    relays.describeState(sink, clock.now());
  }

  private void checkInvariants() {
    held.checkInvariants();
    pending.checkInvariants(2 * parameters.windowBundles());
  }
}
