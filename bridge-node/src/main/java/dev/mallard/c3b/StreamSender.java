package dev.mallard.c3b;

import dev.mallard.c3b.ack.LastCrossing;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.quack.Evidence;
import dev.mallard.c3b.quack.LossTimer;
import dev.mallard.c3b.quack.QuackTracker;
import dev.mallard.c3b.quack.SlowPairs;
import dev.mallard.c3b.schedule.Schedule;
import dev.mallard.c3b.schedule.SendPair;
import dev.mallard.c3b.schedule.TransmissionSchedule;
import dev.mallard.c3b.send.Announcer;
import dev.mallard.c3b.send.CertifiedTimes;
import dev.mallard.c3b.send.OutboundBundle;
import dev.mallard.c3b.send.OutboundWindow;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.stake.Quorum;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The source side of one stream at one replica: sends what the schedule gives it ([SEND-1]),
 * gathers acks to quacks ([QUACK-1]), and resends what a quorum misses when it is its turn
 * ([LOSS-1], [LOSS-2]), under a window ([SEND-2]).
 *
 * <p>After a restart the certified bundles that the disk still holds are handed in again as {@link
 * Input.BundleCertified} before the first {@link Input.Tick}: those may have crossed already, so
 * nothing is sent for them until a loss shows ([CATCH-1]).
 */
public final class StreamSender {
  private final StreamId stream;
  private final C3bParameters parameters;
  private final int self;
  private final int receivers;
  private final Quorum quorum;
  private final Schedule schedule;
  private final QuackTracker quacks;
  private final OutboundWindow window;
  private final Evidence[] evidence;
  private final SlowPairs slowPairs;
  private final CertifiedTimes certifiedTimes;
  private final LastCrossing[] lastCrossings;
  private final Announcer announcer;
  private final StepClock clock;
  private final SettledValue settledQuack;
  private long top;
  private boolean isStarted;
  private boolean isIntakeOpen = true;

  /**
   * @param self this replica's index in the source's stake table
   * @param quackedDurable the quack frontier that the disk remembers, 0 for a new stream
   */
  public StreamSender(
      StreamId stream,
      C3bParameters parameters,
      int self,
      StakeTable source,
      StakeTable destination,
      long quackedDurable) {
    this(
        stream,
        parameters,
        self,
        destination,
        new TransmissionSchedule(source, destination, parameters.quantum()),
        quackedDurable);
    Objects.checkIndex(self, source.size());
  }

  /** With a schedule that is known already: it is the same at all replicas of the source. */
  public StreamSender(
      StreamId stream,
      C3bParameters parameters,
      int self,
      StakeTable destination,
      Schedule schedule,
      long quackedDurable) {
    this.stream = stream;
    this.parameters = parameters;
    this.self = self;
    this.receivers = destination.size();
    this.quorum = new Quorum(destination);
    this.schedule = schedule;
    this.quacks = new QuackTracker(destination, quackedDurable);
    this.window =
        new OutboundWindow(parameters.windowBundles(), parameters.windowBytes(), quackedDurable);
    this.evidence =
        IntStream.range(0, receivers).mapToObj(j -> newEvidence()).toArray(Evidence[]::new);
    this.slowPairs =
        new SlowPairs(
            parameters.lossTimeoutMillisInitial(),
            parameters.lossTimeoutMillisMin(),
            parameters.lossTimeoutMillisMax());
    this.certifiedTimes = new CertifiedTimes(2 * parameters.windowBundles());
    this.lastCrossings = new LastCrossing[receivers];
    Arrays.fill(lastCrossings, LastCrossing.NONE);
    this.announcer =
        new Announcer(receivers, self, parameters.announceMillis(), parameters.heartbeatMillis());
    this.clock = new StepClock(parameters.pauseMillisMax());
    this.settledQuack = new SettledValue(parameters.announceMillis(), quackedDurable);
    this.top = quackedDurable;
  }

  private Evidence newEvidence() {
    LossTimer timer =
        new LossTimer(
            parameters.lossTimeoutMillisInitial(),
            parameters.lossTimeoutMillisMin(),
            parameters.lossTimeoutMillisMax());
    return new Evidence(timer, parameters.lossConfirmMillis());
  }

  /**
   * Takes one input.
   *
   * @param nowMillis of a clock that never goes back
   * @throws IllegalStateException if an invariant broke: a bug, after which this stream must not go
   *     on
   */
  public void step(long nowMillis, Input.Sender input, EffectSink out) {
    clock.advance(nowMillis);
    switch (input) {
      case Input.Tick tick -> onTick(out);
      case Input.BundleCertified certified -> onCertified(certified.bundle(), out);
      case Input.AckArrived ack -> onAck(ack, out);
    }
    checkInvariants();
  }

  private void onTick(EffectSink out) {
    isStarted = true;
    settledQuack.observe(quacked(), clock.now());
    announcer.sendDue(
        clock.now(), top > quacked(), j -> quacks.cumulativeOf(j) < top, j -> sendAnnounce(j, out));
  }

  // --- certified bundles ---

  private void onCertified(CertifiedBundle bundle, EffectSink out) {
    if (bundle.sequence() <= top) {
      return; // quacked or taken before
    }
    Invariant.check(
        bundle.sequence() == top + 1 && bundle.header().stream().equals(stream),
        () ->
            String.format(
                java.util.Locale.ROOT,
                "bundle %s of %s follows %d of %s",
                bundle.sequence(),
                bundle.header().stream(),
                top,
                stream));
    top = bundle.sequence();
    announcer.onNews(clock.now());
    window.enqueue(bundle, isStarted);
    admit(out);
  }

  /** Puts in flight what the window has room for; a receiver would turn down what lies beyond. */
  private void admit(EffectSink out) {
    for (CertifiedBundle next = window.takeAdmissible();
        next != null;
        next = window.takeAdmissible()) {
      SendPair pair = schedule.firstPair(next.sequence());
      OutboundBundle bundle = new OutboundBundle(next, quorum, pair, clock.active());
      window.add(bundle);
      if (isStarted) {
        certifiedTimes.onCertified(bundle.sequence(), clock.active());
      }
      for (int holder : quacks.holdersOf(bundle.sequence())) {
        bundle.onHolder(holder);
      }
      if (isStarted && pair.sender() == self) {
        sendBundle(pair.receiver(), bundle, out);
      }
    }
    if (window.isOpen() != isIntakeOpen) {
      isIntakeOpen = window.isOpen();
      out.accept(new Effect.IntakeChanged(isIntakeOpen));
    }
  }

  // --- acknowledgements ---

  private void onAck(Input.AckArrived ack, EffectSink out) {
    int replica = Objects.checkIndex(ack.replica(), receivers);
    long cumulative = Math.clamp(ack.cumulative(), 0, C3bParameters.SEQUENCE_MAX);
    long before = quacks.cumulativeOf(replica);
    onCrossing(replica, ack.crossing());
    onHeld(replica, before, cumulative, ack.phi(), out);
    if (quacks.onAck(replica, cumulative, ack.proof())) {
      onQuacked(out);
    }
    if (cumulative
        >= before) { // an older one that was overtaken shows what was missing, not what is
      onMissing(replica, cumulative, ack.phi(), out);
    }
    if (quacks.cumulativeOf(replica) < settledQuack.settled()) {
      announcer.answer(replica, clock.now(), j -> sendAnnounce(j, out));
    }
  }

  /** Notes all bundles in flight that an ack newly shows as held, cumulatively or by phi-list. */
  private void onHeld(int replica, long before, long cumulative, PhiList phi, EffectSink out) {
    boolean isSampled = false;
    for (long k = Math.max(before, quacked()) + 1; k <= Math.min(cumulative, window.last()); k++) {
      isSampled = onHeld(replica, k, isSampled, out);
    }
    long phiLast = Math.min(cumulative + phi.length(), window.last());
    for (long k = Math.max(cumulative, quacked()) + 1; k <= phiLast; k++) {
      if (phi.isHeld((int) (k - cumulative - 1))) {
        isSampled = onHeld(replica, k, isSampled, out);
      }
    }
  }

  private void measure(int replica, long sequence) {
    long delay = delayOf(sequence);
    SendPair pair = schedule.firstPair(sequence);
    if (!slowPairs.isExplaining(pair, delay)) {
      evidence[replica].onSample(delay);
    }
  }

  /**
   * Only the oldest bundle that an ack newly covers is measured: it has waited longest for the ack.
   */
  private boolean onHeld(int replica, long sequence, boolean isSampled, EffectSink out) {
    OutboundBundle bundle = window.get(sequence);
    if (bundle == null || !bundle.onHolder(replica)) {
      return isSampled;
    }
    announcer.onNews(clock.now());
    evidence[replica].onHeld(bundle.certifiedAt());
    if (bundle.isNewlyQuacked()) {
      out.accept(new Effect.BundleQuacked(sequence));
    }
    if (!isSampled && certifiedTimes.isSample(sequence)) {
      measure(replica, sequence);
      return true;
    }
    return isSampled;
  }

  private long delayOf(long sequence) {
    long delay = clock.active() - certifiedTimes.of(sequence);
    return Math.min(delay, parameters.lossTimeoutMillisMax());
  }

  /**
   * A receiver says what came straight from the source, as long as nothing else does: each is
   * looked at once. What the walk has come round to again may be a resend, but then the delay is
   * only too long.
   */
  private void onCrossing(int receiver, LastCrossing crossing) {
    if (crossing.equals(lastCrossings[receiver])) {
      return;
    }
    lastCrossings[receiver] = crossing;
    long sequence = crossing.sequence();
    if (certifiedTimes.isKnown(sequence)) {
      SendPair pair = schedule.firstPair(sequence);
      if (pair.sender() == crossing.sender() && pair.receiver() == receiver) {
        slowPairs.onCrossing(pair, delayOf(sequence), certifiedTimes.isSample(sequence));
      }
    }
  }

  private void onQuacked(EffectSink out) {
    window.onQuacked(quacked());
    top = Math.max(top, quacked());
    announcer.onQuacked();
    out.accept(new Effect.QuackAdvanced(quacked(), quacks.proofs()));
    admit(out);
  }

  // --- losses ---

  /**
   * Judges what an ack shows as missing ([LOSS-1]); in a stream without losses it looks at one
   * bundle and stops.
   */
  private void onMissing(int replica, long cumulative, PhiList phi, EffectSink out) {
    long now = clock.active();
    if (!evidence[replica].isConfirming(now)) {
      return;
    }
    long overdueBefore = now - parameters.lossTimeoutMillisMin();
    long to = Math.min(cumulative + phi.length(), window.last());
    for (long k = Math.max(cumulative, quacked()) + 1; k <= to; k++) {
      OutboundBundle bundle = window.get(k);
      if (bundle == null || bundle.certifiedAt() > overdueBefore) {
        break; // certified in order: all that follow are younger
      }
      if (!bundle.holders().contains(replica)
          && evidence[replica].isComplaint(
              now, bundle.openedAt(), bundle.round(), slowPairs.patienceMillis(bundle.pair()))) {
        onComplaint(bundle, replica, out);
      }
    }
    evidence[replica].onJudged(now);
  }

  private void onComplaint(OutboundBundle bundle, int replica, EffectSink out) {
    certifiedTimes.onComplaint(bundle.sequence());
    if (bundle.onComplaint(replica)) {
      openRound(bundle, out);
    }
  }

  /**
   * The next pair of the walk is to send, until one joins two correct replicas ([G-2]); every
   * replica computes it, one finds itself named ([LOSS-2]).
   */
  private void openRound(OutboundBundle bundle, EffectSink out) {
    slowPairs.onLost(bundle.pair());
    List<SendPair> pairs = bundle.pairs();
    SendPair pair =
        bundle.openRound(pairs == null ? schedule.pairs(bundle.sequence()) : pairs, clock.active());
    out.accept(new Effect.RoundOpened(bundle.sequence(), bundle.round()));
    if (pair.sender() == self) {
      sendBundle(pair.receiver(), bundle, out);
    }
  }

  private void sendBundle(int receiver, OutboundBundle bundle, EffectSink out) {
    out.accept(new Effect.SendBundle(receiver, bundle.bundle(), bundle.round(), top, quacked()));
  }

  private void sendAnnounce(int receiver, EffectSink out) {
    out.accept(new Effect.SendAnnounce(receiver, top, quacked()));
  }

  // --- views ---

  /** Whether everything is quacked: ticks may be rare until something new comes. */
  public boolean isIdle() {
    return top == quacked();
  }

  /** The highest bundle known to be certified. */
  public long top() {
    return top;
  }

  /** The cumulative quack frontier. */
  public long quacked() {
    return quacks.quacked();
  }

  /** Whether the chain may be read on ([SEND-2]). */
  public boolean isIntakeOpen() {
    return isIntakeOpen;
  }

  /** Bundles between the quack frontier and the last one in flight. */
  public int inFlight() {
    return window.inFlight();
  }

  /** What to show people: how far everybody is, and on whom the frontier waits. */
  public SenderStatus status() {
    return new SenderStatus(
        top,
        quacked(),
        inFlight(),
        window.flightBytes(),
        window.waiting(),
        isIntakeOpen,
        LongStream.range(0, receivers).map(j -> quacks.cumulativeOf((int) j)).boxed().toList(),
        oldest());
  }

  /** The oldest bundle that is not quacked, and on whom it waits. */
  public Optional<SenderStatus.Waiting> oldest() {
    @Nullable OutboundBundle bundle = window.get(quacked() + 1);
    if (bundle == null) {
      return Optional.empty();
    }
    List<Integer> missing =
        IntStream.range(0, receivers).filter(j -> !bundle.holders().contains(j)).boxed().toList();
    return Optional.of(new SenderStatus.Waiting(bundle.sequence(), bundle.round(), missing));
  }

  /** For {@link StateSink}: everything that decides what this machine does from now on. */
  public void describeState(StateSink sink) {
    clock.describeState(sink);
    settledQuack.describeState(sink, clock.now());
    announcer.describeState(sink, clock.now());
    sink.put(top);
    sink.put(isStarted);
    quacks.describeState(sink);
    window.describeState(sink);
    if (parameters.isLossTimeoutMeasured()) {
      slowPairs.describeState(sink);
      certifiedTimes.describeState(sink, clock.active(), parameters.lossTimeoutMillisMax());
      for (LastCrossing crossing : lastCrossings) {
        sink.put(crossing.sender());
        sink.put(crossing.sequence());
      }
    }
    for (Evidence each : evidence) {
      each.describeState(sink, clock.active());
    }
    for (long k = quacked() + 1; k <= window.last(); k++) {
      OutboundBundle bundle = window.get(k);
      if (bundle != null) {
        describe(bundle, sink);
      }
    }
  }

  private void describe(OutboundBundle bundle, StateSink sink) {
    long overdueMillis = parameters.lossTimeoutMillisMin();
    long ageMax = parameters.lossTimeoutMillisMax();
    bundle.describeState(sink, clock.active(), receivers, overdueMillis, ageMax);
    int pairs = schedule.pairs(bundle.sequence()).size();
    for (Evidence each : evidence) {
      each.describeOf(sink, bundle.openedAt(), bundle.round(), pairs);
    }
    for (long k = quacked() + 1; k <= window.last(); k++) {
      OutboundBundle other = window.get(k);
      if (other != null) { // whoever turns out to hold that one is judged by when it was certified
        sink.put(Math.clamp(other.certifiedAt() - bundle.openedAt(), overdueMillis - 1, ageMax));
      }
    }
  }

  private void checkInvariants() {
    window.checkInvariants();
    Invariant.check(quacked() <= top, () -> "quacked " + quacked() + " beyond top " + top);
    Invariant.check(
        window.quacked() == quacked() && window.last() <= top,
        () ->
            "window " + window.quacked() + ".." + window.last() + " of " + quacked() + ".." + top);
    Invariant.check(
        window.isOpen() == isIntakeOpen,
        () -> "intake open " + isIntakeOpen + " against the window");
  }
}
