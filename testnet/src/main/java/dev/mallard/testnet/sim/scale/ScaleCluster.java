package dev.mallard.testnet.sim.scale;

import dev.mallard.c3b.Effect;
import dev.mallard.c3b.Input;
import dev.mallard.c3b.Origin;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.CertifyInput;
import dev.mallard.certify.SignedAck;
import dev.mallard.certify.SignedAttestation;
import dev.mallard.testnet.sim.Timeline;
import dev.mallard.testnet.sim.scale.Traffic.Kind;
import dev.mallard.wire.PeerMessage;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Two clusters of a plan in one thread: chains that produce a block a second, a network that only
 * delays, and the live replicas. Everything that happens follows from the plan.
 */
final class ScaleCluster {
  private static final int LOCAL_STEPS = 1;

  /** 40 ms between the RSMs. */
  private static final int ACROSS_STEPS = 4;

  /** Lets the last sweep of acknowledgements go round. */
  private static final int TAIL_MILLIS = 2_000;

  /**
   * Ticks come at so many times of their interval, so that what arrives together is handled
   * together.
   */
  private static final int PHASES = 2;

  private final ScalePlan plan;
  private final ScaleStream stream;
  private final Timeline timeline = new Timeline();
  private final Traffic traffic = new Traffic();
  private final Delays delays;
  private final Meter certifierMeter;
  private final Meter senderMeter;
  private final Meter receiverMeter;
  private final @Nullable SourceSeat[] sources;
  private final @Nullable DestinationSeat[] destinations;
  private final int recordedSource;
  private final int recordedDestination;
  private long finalizedBundles;
  private long executed;
  private long accepted;
  private long heldAnywhere;
  private int sourcesDone;
  private int destinationsDone;

  ScaleCluster(ScalePlan plan, long clockNanos) {
    this.plan = plan;
    this.stream = new ScaleStream(plan.bundles());
    this.delays = new Delays(plan.bundles());
    this.certifierMeter = new Meter(clockNanos);
    this.senderMeter = new Meter(clockNanos);
    this.receiverMeter = new Meter(clockNanos);
    this.sources = new @Nullable SourceSeat[plan.size()];
    this.destinations = new @Nullable DestinationSeat[plan.size()];
    this.recordedSource = plan.crashedSources().nextClearBit(0);
    this.recordedDestination = plan.crashedDestinations().nextClearBit(0);
    for (int i = 0; i < plan.size(); i++) {
      sources[i] = plan.crashedSources().get(i) ? null : new SourceSeat(this, i);
      destinations[i] = plan.crashedDestinations().get(i) ? null : new DestinationSeat(this, i);
    }
  }

  /**
   * Runs until every live replica of the destination holds every bundle and every live one of the
   * source knows it.
   *
   * @throws IllegalStateException if that does not come true ([G-2])
   */
  void run() {
    for (int i = 0; i < plan.size(); i++) {
      int phase = i % PHASES * (plan.parameters().tickMillis() / PHASES / Postbox.STEP_MILLIS);
      SourceSeat source = sources[i];
      if (source != null) {
        timeline.after((long) phase * Postbox.STEP_MILLIS, source::tick);
      }
      DestinationSeat destination = destinations[i];
      if (destination != null) {
        timeline.after((long) phase * Postbox.STEP_MILLIS, destination::tick);
      }
    }
    timeline.after(ScalePlan.BLOCK_MILLIS, this::produceBlock);
    long until = liveBy();
    while (!isDone()) {
      if (!timeline.advance(until)) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "[G-2] after %d s %d of %d live sources and %d of %d live destinations have all",
                until / 1000,
                sourcesDone,
                plan.liveSources(),
                destinationsDone,
                plan.liveDestinations()));
      }
    }
    long end = timeline.now() + TAIL_MILLIS;
    while (timeline.advance(end)) {}
  }

  /** Bundles recover side by side, each in at most as many rounds as it has pairs ([SCHED-3]). */
  private long liveBy() {
    int rounds = plan.crashedSources().cardinality() + plan.crashedDestinations().cardinality();
    long roundMillis =
        plan.parameters().lossTimeoutMillisMax() + 4L * plan.parameters().heartbeatMillis();
    return (long) plan.bundles() * ScalePlan.BLOCK_MILLIS + (rounds + 2L) * roundMillis;
  }

  private boolean isDone() {
    return sourcesDone == plan.liveSources() && destinationsDone == plan.liveDestinations();
  }

  /** Both chains: a bundle is finalized here, and what was held a block ago is executed there. */
  private void produceBlock() {
    if (finalizedBundles < plan.bundles()) {
      finalizedBundles++;
      delays.onFinalized(finalizedBundles, timeline.now());
      for (SourceSeat seat : sources) {
        if (seat != null) {
          seat.readChain();
        }
      }
    }
    if (accepted > executed) {
      executed = accepted;
      Input.Receiver inbox = new Input.InboxFinalized(executed, executed);
      for (DestinationSeat seat : destinations) {
        if (seat != null) {
          seat.post(inbox, LOCAL_STEPS);
        }
      }
    }
    accepted = heldAnywhere;
    timeline.after(ScalePlan.BLOCK_MILLIS, this::produceBlock);
  }

  // --- what replicas report ---

  void onCertified(long sequence) {
    delays.onCertified(sequence, timeline.now());
  }

  void onHeld(long before, long sequence) {
    heldAnywhere = Math.max(heldAnywhere, sequence);
    delays.onHeld(before, sequence, timeline.now());
    if (sequence == plan.bundles()) {
      destinationsDone++;
    }
  }

  void onQuacked(long before, long sequence) {
    delays.onQuacked(before, sequence, timeline.now());
    if (sequence == plan.bundles()) {
      sourcesDone++;
    }
  }

  // --- what replicas send; what goes to a replica that is down is written, and lost ---

  void sendAttestation(int from, int to, SignedAttestation signed) {
    traffic.onSent(Kind.ATTESTATION, new PeerMessage.AttestationMessage(signed), 1);
    SourceSeat seat = sources[to];
    if (seat != null) {
      seat.post(new CertifyInput.AttestationArrived(from, signed), LOCAL_STEPS);
    }
  }

  void sendCertificate(int to, Certificate certificate) {
    traffic.onSent(Kind.CERTIFICATE, new PeerMessage.CertificateMessage(certificate), 1);
    SourceSeat seat = sources[to];
    if (seat != null) {
      seat.post(new CertifyInput.CertificateArrived(certificate), LOCAL_STEPS);
    }
  }

  void sendAcross(int from, Effect.SendBundle send) {
    OfferedBundle offer = offer(send.bundle());
    traffic.onSent(
        Kind.CROSSING, new PeerMessage.BundleMessage(offer, send.top(), send.quacked()), 1);
    if (send.round() > 0) {
      traffic.onResend(send.round(), isHeldAnywhere(send.bundle().sequence()));
    }
    DestinationSeat seat = destinations[send.receiver()];
    if (seat != null) {
      seat.post(new Input.Announced(from, send.top(), send.quacked()), ACROSS_STEPS);
      seat.post(new Input.BundleOffered(new Origin.Remote(from), offer), ACROSS_STEPS);
    }
  }

  private boolean isHeldAnywhere(long sequence) {
    for (DestinationSeat seat : destinations) {
      if (seat != null && seat.isHeld(sequence)) {
        return true;
      }
    }
    return false;
  }

  void sendAnnounce(int from, Effect.SendAnnounce announce) {
    traffic.onSent(
        Kind.ANNOUNCE,
        new PeerMessage.AnnounceMessage(ScalePlan.STREAM, announce.top(), announce.quacked()),
        1);
    DestinationSeat seat = destinations[announce.receiver()];
    if (seat != null) {
      seat.post(new Input.Announced(from, announce.top(), announce.quacked()), ACROSS_STEPS);
    }
  }

  void sendAck(int to, Input.AckArrived ack) {
    traffic.onSent(
        Kind.ACK,
        new PeerMessage.AckMessage((SignedAck) ack.proof(), ack.phi(), ack.crossing()),
        1);
    SourceSeat seat = sources[to];
    if (seat != null) {
      seat.post(ack, ACROSS_STEPS);
    }
  }

  void broadcast(int from, CertifiedBundle bundle) {
    OfferedBundle offer = offer(bundle);
    Input.Receiver input = new Input.BundleOffered(new Origin.Local(from), offer);
    traffic.onSent(Kind.LOCAL_COPY, new PeerMessage.BundleMessage(offer, 0, 0), plan.size() - 1);
    for (int to = 0; to < plan.size(); to++) {
      DestinationSeat seat = destinations[to];
      if (to != from && seat != null) {
        seat.post(input, LOCAL_STEPS);
      }
    }
  }

  void sendCopy(int from, int to, CertifiedBundle bundle) {
    OfferedBundle offer = offer(bundle);
    traffic.onSent(Kind.LOCAL_COPY, new PeerMessage.BundleMessage(offer, 0, 0), 1);
    DestinationSeat seat = destinations[to];
    if (seat != null) {
      seat.post(new Input.BundleOffered(new Origin.Local(from), offer), LOCAL_STEPS);
    }
  }

  void sendFetch(int from, Effect.FetchBundles fetch) {
    traffic.onSent(
        Kind.FETCH, new PeerMessage.FetchMessage(ScalePlan.STREAM, fetch.from(), fetch.count()), 1);
    DestinationSeat seat = destinations[fetch.replica()];
    if (seat != null) {
      seat.post(new Input.FetchAsked(from, fetch.from(), fetch.count()), LOCAL_STEPS);
    }
  }

  private static OfferedBundle offer(CertifiedBundle bundle) {
    return new OfferedBundle(bundle.header(), bundle.body(), bundle.proof());
  }

  // --- views ---

  ScalePlan plan() {
    return plan;
  }

  ScaleStream stream() {
    return stream;
  }

  Timeline timeline() {
    return timeline;
  }

  Traffic traffic() {
    return traffic;
  }

  Delays delays() {
    return delays;
  }

  long finalizedBundles() {
    return finalizedBundles;
  }

  Meter certifierMeter() {
    return certifierMeter;
  }

  Meter senderMeter() {
    return senderMeter;
  }

  Meter receiverMeter() {
    return receiverMeter;
  }

  boolean isRecordedSource(int index) {
    return index == recordedSource;
  }

  boolean isRecordedDestination(int index) {
    return index == recordedDestination;
  }

  /** The live source replica with the lowest index, whose inputs were kept. */
  SourceSeat recordedSource() {
    return Objects.requireNonNull(sources[recordedSource]);
  }

  /** The live destination replica with the lowest index, whose inputs were kept. */
  DestinationSeat recordedDestination() {
    return Objects.requireNonNull(destinations[recordedDestination]);
  }
}
