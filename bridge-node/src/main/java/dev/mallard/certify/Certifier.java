package dev.mallard.certify;

import dev.mallard.c3b.stream.BundleBody;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.stake.Quorum;
import dev.mallard.stake.StreamId;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The source side's way from built bundles to certified ones ([CERT-1] to [CERT-3]), as a state
 * machine without clock, IO or cryptography: signatures were verified before they get here and are
 * made elsewhere. One per stream and epoch of the source; on the stream's loop.
 *
 * <p>After a restart: {@link #restore} for each outbound bundle on disk, in order, then {@link
 * CertifyInput.OwnHighWaterDurable} for those without certificate. Signing the same statement again
 * is harmless.
 */
public final class Certifier {
  private final StreamId stream;
  private final int self;
  private final Quorum quorum;
  private final CertifierLimits limits;
  private final StatementLog[] statements;
  private final NavigableMap<Long, PendingBundle> pending = new TreeMap<>();
  private final NavigableMap<Long, Certificate> early = new TreeMap<>();
  private final CertificateReplies replies;
  private @Nullable Attestation highWater;
  private long built;
  private long emitted;
  private long quacked;
  private long floor;
  private boolean isIntakeOpen = true;

  /**
   * A certifier with nothing pending.
   *
   * @param self this replica's index in the source's stake table
   * @param lastSequence the bundle before the first that is restored or built; 0 for none
   * @param highWater the highest attestation that may have been signed before the restart
   */
  public Certifier(
      StreamId stream,
      int self,
      Quorum quorum,
      CertifierLimits limits,
      long lastSequence,
      Optional<Attestation> highWater) {
    this.stream = stream;
    this.self = self;
    this.quorum = quorum;
    this.limits = limits;
    this.built = lastSequence;
    this.emitted = lastSequence;
    this.quacked = lastSequence;
    this.floor = lastSequence;
    this.highWater = highWater.orElse(null);
    this.replies = new CertificateReplies(limits);
    this.statements =
        IntStream.range(0, quorum.table().size())
            .mapToObj(i -> new StatementLog(limits.statementsMax(), limits.evidenceMax()))
            .toArray(StatementLog[]::new);
  }

  /**
   * An outbound bundle from disk; those with a certificate come out as {@link
   * CertifyEffect.BundleCertified} again.
   */
  public void restore(
      BundleHeader header,
      BundleBody body,
      Optional<Certificate> certificate,
      long now,
      Consumer<CertifyEffect> out) {
    PendingBundle bundle = append(header, body);
    certificate.ifPresent(bundle::onCertificate);
    emitReady(now, out);
  }

  /**
   * Takes one input.
   *
   * @param now milliseconds of a clock that never goes back
   */
  public void onInput(CertifyInput input, long now, Consumer<CertifyEffect> out) {
    switch (input) {
      case CertifyInput.BundleBuilt in -> onBuilt(in, out);
      case CertifyInput.OwnHighWaterDurable in -> onDurable(in.attestation(), out);
      case CertifyInput.OwnSigned in -> onOwnSigned(in.signed(), now, out);
      case CertifyInput.AttestationArrived in -> onAttestation(in.attestation(), now, out);
      case CertifyInput.CertificateArrived in -> onCertificate(in.certificate(), out);
      case CertifyInput.PeerConnected in -> onPeer(in.replica(), out);
      case CertifyInput.QuackKnown in -> quacked = Math.max(quacked, in.sequence());
      case CertifyInput.Tick in -> onTick(now, out);
    }
    emitReady(now, out);
    emitIntake(out);
  }

  // --- own bundles ---

  private void onBuilt(CertifyInput.BundleBuilt in, Consumer<CertifyEffect> out) {
    PendingBundle bundle = append(in.header(), in.body());
    Attestation attestation = bundle.attestation();
    for (int replica = 0; replica < statements.length; replica++) {
      SignedAttestation known = statements[replica].at(attestation.count());
      if (known != null) {
        match(bundle, replica, known, out);
      }
    }
    Certificate certificate = early.remove(attestation.sequence());
    if (certificate != null) {
      match(bundle, certificate, out);
    }
  }

  private PendingBundle append(BundleHeader header, BundleBody body) {
    if (header.sequence() != built + 1 || !header.stream().equals(stream)) {
      throw new IllegalStateException(
          "bundle %d of %s built after %d of %s"
              .formatted(header.sequence(), header.stream(), built, stream));
    }
    PendingBundle bundle = new PendingBundle(header, body, quorum);
    built = header.sequence();
    pending.put(built, bundle);
    return bundle;
  }

  private void onDurable(Attestation attestation, Consumer<CertifyEffect> out) {
    requireNoContradiction(attestation);
    if (highWater == null || attestation.count() > highWater.count()) {
      highWater = attestation;
    }
    if (attestation.sequence() > quacked) {
      out.accept(new CertifyEffect.Sign(attestation));
    }
  }

  /**
   * Never two statements for one count: a second one is a bug, and stops the stream before anything
   * is signed ([CERT-1]).
   */
  private void requireNoContradiction(Attestation attestation) {
    PendingBundle bundle = pending.get(attestation.sequence());
    boolean contradictsBundle = bundle != null && !bundle.attestation().equals(attestation);
    boolean contradictsMark =
        highWater != null
            && !highWater.equals(attestation)
            && (attestation.count() == highWater.count()
                || attestation.count() > highWater.count()
                    != attestation.sequence() > highWater.sequence());
    if (contradictsBundle || contradictsMark) {
      throw new IllegalStateException(
          "about to sign %s against high-water mark %s".formatted(attestation, highWater));
    }
  }

  private void onOwnSigned(SignedAttestation signed, long now, Consumer<CertifyEffect> out) {
    PendingBundle bundle = pending.get(signed.attestation().sequence());
    if (bundle != null) {
      bundle.onOwnSigned(signed, now, limits.gossipMillisInitial());
      bundle.onSignature(self, signed.signature());
    } // otherwise the others were faster; they may still want to hear it
    out.accept(new CertifyEffect.GossipAttestation(signed));
  }

  // --- what peers say ---

  private void onAttestation(VerifiedAttestation in, long now, Consumer<CertifyEffect> out) {
    Attestation theirs = in.attestation();
    StatementLog log = statements[in.replica()];
    if (theirs.sequence() <= floor) {
      return; // long settled: a quack will reach whoever still asks
    }
    if (theirs.sequence() > built + limits.aheadMax()) {
      log.onDropped();
      return;
    }
    StatementLog.Noted noted = log.note(in.signed());
    if (noted == StatementLog.Noted.CONTRADICTION) {
      log.evidence(in.replica(), in.signed())
          .ifPresent(evidence -> out.accept(new CertifyEffect.EquivocationFound(evidence)));
      return;
    }
    boolean isRepeated = noted == StatementLog.Noted.REPEATED;
    PendingBundle bundle = pending.get(theirs.sequence());
    if (bundle == null) {
      replies
          .replyTo(in.replica(), theirs, isRepeated, now)
          .ifPresent(c -> out.accept(new CertifyEffect.ReplyCertificate(in.replica(), c)));
    } else if (!isRepeated || theirs.equals(bundle.attestation())) {
      match(bundle, in.replica(), in.signed(), out);
    }
  }

  /** Only a statement that equals the own one is ever counted. */
  private static void match(
      PendingBundle bundle, int replica, SignedAttestation signed, Consumer<CertifyEffect> out) {
    if (signed.attestation().equals(bundle.attestation())) {
      bundle.onSignature(replica, signed.signature());
    } else {
      out.accept(
          new CertifyEffect.DisagreementFound(replica, bundle.attestation(), signed.attestation()));
    }
  }

  private void onCertificate(Certificate certificate, Consumer<CertifyEffect> out) {
    long sequence = certificate.attestation().sequence();
    PendingBundle bundle = pending.get(sequence);
    if (bundle != null) {
      match(bundle, certificate, out);
    } else if (sequence > built && sequence <= built + limits.aheadMax()) {
      early.putIfAbsent(sequence, certificate);
    }
  }

  private static void match(
      PendingBundle bundle, Certificate certificate, Consumer<CertifyEffect> out) {
    if (certificate.attestation().equals(bundle.attestation())) {
      bundle.onCertificate(certificate);
    } else {
      out.accept(new CertifyEffect.OwnChainContradicted(bundle.attestation(), certificate));
    }
  }

  private void onPeer(int replica, Consumer<CertifyEffect> out) {
    pending.values().stream()
        .flatMap(bundle -> bundle.wanted().stream())
        .limit(limits.gossipBatchMax())
        .forEach(signed -> out.accept(new CertifyEffect.SendAttestation(replica, signed)));
  }

  private void onTick(long now, Consumer<CertifyEffect> out) {
    pending.values().stream()
        .filter(bundle -> bundle.isGossipDue(now))
        .limit(limits.gossipBatchMax())
        .forEach(bundle -> {
          bundle.onGossiped(now, limits.gossipMillisMax());
          bundle
              .wanted()
              .ifPresent(signed -> out.accept(new CertifyEffect.GossipAttestation(signed)));
        });
  }

  // --- in order, without gaps ---

  private void emitReady(long now, Consumer<CertifyEffect> out) {
    for (PendingBundle next = pending.get(emitted + 1);
        next != null;
        next = pending.get(emitted + 1)) {
      if (next.certificate().isPresent()) {
        emitCertified(next, next.certificate().get(), out);
      } else if (next.header().sequence() <= quacked) {
        out.accept(new CertifyEffect.BundlePassed(next.header(), next.body()));
      } else {
        return;
      }
      replies.keep(next.attestation(), next.certificate(), now).ifPresent(this::forget);
      emitted++;
      pending.remove(emitted);
      early.headMap(emitted, true).clear();
    }
  }

  private static void emitCertified(
      PendingBundle bundle, Certificate certificate, Consumer<CertifyEffect> out) {
    out.accept(
        new CertifyEffect.BundleCertified(
            new CertifiedBundle(bundle.header(), bundle.body(), certificate), certificate));
  }

  private void forget(Attestation settled) {
    floor = settled.sequence();
    for (StatementLog log : statements) {
      log.forget(settled.sequence(), settled.count());
    }
  }

  private void emitIntake(Consumer<CertifyEffect> out) {
    boolean isOpen =
        isIntakeOpen
            ? pending.size() < limits.pendingMax()
            : pending.size() <= limits.pendingMax() / 2;
    if (isOpen != isIntakeOpen) {
      isIntakeOpen = isOpen;
      out.accept(new CertifyEffect.IntakeChanged(isOpen));
    }
  }

  // --- for status pages ---

  /** The last bundle built. */
  public long built() {
    return built;
  }

  /** The last bundle certified (or passed) without a gap. */
  public long certified() {
    return emitted;
  }

  /** Statements of others that found no room. */
  public long dropped() {
    return Arrays.stream(statements).mapToLong(StatementLog::dropped).sum();
  }

  /** Settled bundles remembered for peers who lag; bounded. */
  int recent() {
    return replies.size();
  }
}
