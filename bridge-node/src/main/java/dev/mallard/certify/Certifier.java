package dev.mallard.certify;

import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.stake.Quorum;
import dev.mallard.stake.StakeTable;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Certification of one stream at one source replica: attestations to certificates ([CERT-1],
 * [CERT-2]). A pure state machine like the core: no clock, thread, randomness or IO; signatures are
 * made and verified outside.
 *
 * <p>It never asks for a signature before the high-water mark is durable, because {@link
 * CertifyInput.BundleDurable} is the only way to one. Attestations of peers that are ahead wait
 * here until this replica has built the bundle itself; it counts only what equals its own.
 */
public final class Certifier {
  /** Certificates kept for peers that still ask, behind the newest. */
  public static final int KEPT_MAX = 256;

  /** How long an uncertified bundle waits before its attestation is told again; doubles. */
  private static final long RETELL_MILLIS_MIN = 500;

  private static final long RETELL_MILLIS_MAX = 8_000;

  private final StakeTable table;
  private final Quorum quorum;
  private final int self;
  private final int windowBundles;
  private final int[] heaviestFirst;
  private final NavigableMap<Long, PendingCertificate> pending = new TreeMap<>();
  private final CountStatements counts = new CountStatements();
  private long builtUpTo;
  private long certified;
  private long retellAtMillis;
  private long retellMillis = RETELL_MILLIS_MIN;

  /**
   * A certifier of a stream.
   *
   * @param self this replica's index in the source's stake table
   * @param windowBundles how far ahead of this replica peers' attestations are kept
   * @param quacked the durable quack frontier: nothing up to it needs a certificate
   */
  public Certifier(StakeTable table, int self, int windowBundles, long quacked) {
    this.table = table;
    this.quorum = new Quorum(table);
    this.self = self;
    this.windowBundles = windowBundles;
    this.heaviestFirst = heaviestFirst(table);
    this.certified = quacked;
  }

  /** The sort is stable: at ties the lower index first. */
  private static int[] heaviestFirst(StakeTable table) {
    return IntStream.range(0, table.size())
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> table.stakeOf(i)).reversed())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Takes one input; time is of any clock that never goes back. */
  public void step(long nowMillis, CertifyInput input, Consumer<CertifyEffect> out) {
    switch (input) {
      case CertifyInput.BundleDurable built -> onBuilt(nowMillis, built, out);
      case CertifyInput.Signed signed -> onSigned(signed.signed(), out);
      case CertifyInput.AttestationArrived said ->
          onAttestation(said.replica(), said.signed(), out);
      case CertifyInput.CertificateArrived made -> onCertificate(made.certificate(), out);
      case CertifyInput.PeerConnected peer -> tellAll(peer.replica(), out);
      case CertifyInput.Quacked quacked -> onQuacked(quacked.sequence(), out);
      case CertifyInput.Tick tick -> onTick(nowMillis, out);
    }
  }

  /** The last bundle in order that is certified or needs no certificate. */
  public long certified() {
    return certified;
  }

  /** Bundles built here that still wait for stake. */
  public int uncertified() {
    return (int) Math.max(0, builtUpTo - certified);
  }

  /** Bundles that something is remembered of: built, attested by others, or certified lately. */
  public int remembered() {
    return pending.size();
  }

  /** Who attested the oldest bundle that waits, for people. */
  public java.util.List<Integer> missingForOldest() {
    PendingCertificate oldest = pending.get(certified + 1);
    if (oldest == null || !oldest.isBuilt()) {
      return java.util.List.of();
    }
    return IntStream.range(0, table.size()).filter(i -> oldest.said(i).isEmpty()).boxed().toList();
  }

  private void onBuilt(
      long nowMillis, CertifyInput.BundleDurable built, Consumer<CertifyEffect> out) {
    BundleHeader header = built.header();
    if (header.sequence() <= certified) {
      return;
    }
    if (uncertified() == 0) {
      retellMillis = RETELL_MILLIS_MIN;
      retellAtMillis = nowMillis + retellMillis;
    }
    builtUpTo = header.sequence();
    PendingCertificate bundle = at(header.sequence());
    bundle.onBuilt(header, built.body());
    built.certificate().ifPresent(bundle::onCertificate);
    Attestation own = bundle.attestation().orElseThrow();
    counts.onBuilt(own);
    bundle
        .disagreeing()
        .forEach(
            (replica, theirs) -> out.accept(new CertifyEffect.Disagreement(replica, own, theirs)));
    bundle.certificate().ifPresent(made -> contradict(own, made, out));
    if (bundle.matchingCertificate().isEmpty()) {
      out.accept(new CertifyEffect.Sign(own));
    }
    advance(built.certificate().isEmpty(), out);
  }

  private void onSigned(SignedAttestation signed, Consumer<CertifyEffect> out) {
    PendingCertificate bundle = pending.get(signed.attestation().sequence());
    if (bundle == null || bundle.own().isPresent()) {
      return;
    }
    bundle.onOwn(signed);
    for (int replica = 0; replica < table.size(); replica++) {
      if (replica != self) {
        out.accept(new CertifyEffect.SendAttestation(replica, signed));
      }
    }
    onAttestation(self, signed, out);
  }

  private void onAttestation(int replica, SignedAttestation signed, Consumer<CertifyEffect> out) {
    Attestation theirs = signed.attestation();
    convictByCount(replica, signed, out);
    long sequence = theirs.sequence();
    PendingCertificate settled = sequence <= certified ? pending.get(sequence) : null;
    if (settled != null) {
      onLateAttestation(replica, settled, signed, out);
    }
    boolean isTooFar = replica != self && sequence > certified + windowBundles;
    if (sequence <= certified || isTooFar) {
      return;
    }
    PendingCertificate bundle = at(sequence);
    if (bundle.said(replica).isPresent()) {
      convict(replica, bundle, signed, out);
      return;
    }
    bundle.onAttested(replica, signed);
    bundle
        .attestation()
        .filter(own -> !own.equals(theirs))
        .ifPresent(own -> out.accept(new CertifyEffect.Disagreement(replica, own, theirs)));
    advance(true, out);
  }

  /**
   * A peer that attests what it had attested before, or came late to, lacks what others said: it
   * gets the certificate.
   */
  private void onLateAttestation(
      int replica,
      PendingCertificate bundle,
      SignedAttestation signed,
      Consumer<CertifyEffect> out) {
    convict(replica, bundle, signed, out);
    boolean isRepeated = bundle.isRepeated(replica);
    if (bundle.said(replica).isEmpty()) {
      bundle.onAttested(replica, signed);
    }
    if (replica != self && isRepeated) {
      bundle
          .certificate()
          .filter(made -> made.attestation().equals(signed.attestation()))
          .ifPresent(made -> out.accept(new CertifyEffect.SendCertificate(replica, made)));
    }
  }

  /** Once per replica and bundle, if it contradicts what it said before ([CERT-3]). */
  private static void convict(
      int replica,
      PendingCertificate bundle,
      SignedAttestation signed,
      Consumer<CertifyEffect> out) {
    bundle
        .said(replica)
        .filter(
            before -> EquivocationEvidence.contradict(before.attestation(), signed.attestation()))
        .filter(before -> bundle.isNewlyConvicted(replica))
        .ifPresent(before ->
            out.accept(
                new CertifyEffect.EquivocationFound(
                    new EquivocationEvidence(replica, before, signed))));
  }

  /** The same count under another bundle number is a lie too, and no bundle sees both. */
  private void convictByCount(int replica, SignedAttestation signed, Consumer<CertifyEffect> out) {
    Optional<SignedAttestation> before =
        counts
            .otherSequence(signed.attestation())
            .map(pending::get)
            .flatMap(bundle -> bundle.said(replica))
            .or(() -> counts.saidBefore(replica, signed.attestation()))
            .filter(
                said -> EquivocationEvidence.contradict(said.attestation(), signed.attestation()));
    if (before.isPresent() && counts.isNewlyConvicted(replica)) {
      out.accept(
          new CertifyEffect.EquivocationFound(
              new EquivocationEvidence(replica, before.get(), signed)));
    }
    counts.remember(replica, signed);
  }

  private void onCertificate(Certificate certificate, Consumer<CertifyEffect> out) {
    long sequence = certificate.attestation().sequence();
    if (sequence <= certified || sequence > certified + windowBundles) {
      return;
    }
    PendingCertificate bundle = at(sequence);
    if (bundle.matchingCertificate().isEmpty()) {
      bundle.onCertificate(certificate);
      bundle.attestation().ifPresent(own -> contradict(own, certificate, out));
    }
    advance(true, out);
  }

  /**
   * A valid certificate for something else: more stake than may lie says that this replica's own
   * chain node is wrong.
   */
  private static void contradict(
      Attestation own, Certificate certificate, Consumer<CertifyEffect> out) {
    Attestation theirs = certificate.attestation();
    if (!theirs.equals(own)) {
      certificate.signers().stream()
          .forEach(i -> out.accept(new CertifyEffect.Disagreement(i, own, theirs)));
    }
  }

  /**
   * Hands on certified bundles in order; one that peers certified waits until it is built here, and
   * must be the same.
   */
  private void advance(boolean isNew, Consumer<CertifyEffect> out) {
    for (PendingCertificate next = pending.get(certified + 1);
        next != null && next.isBuilt();
        next = pending.get(certified + 1)) {
      Optional<Certificate> made = next.matchingCertificate();
      Optional<Certificate> certificate =
          made.isPresent() ? made : next.assemble(heaviestFirst, quorum);
      if (certificate.isEmpty()) {
        return;
      }
      next.onCertificate(certificate.get());
      certified++;
      out.accept(
          new CertifyEffect.BundleCertified(
              new CertifiedBundle(next.header(), next.body(), certificate.get()), isNew));
      next.dropBody();
      dropOld();
    }
  }

  private void onQuacked(long sequence, Consumer<CertifyEffect> out) {
    if (sequence > certified) {
      certified = sequence;
      dropOld();
      advance(true, out);
    }
  }

  private void dropOld() {
    NavigableMap<Long, PendingCertificate> old = pending.headMap(certified - KEPT_MAX, true);
    old.values().forEach(bundle -> bundle.attestation().ifPresent(counts::onDropped));
    old.clear();
  }

  private void onTick(long nowMillis, Consumer<CertifyEffect> out) {
    if (uncertified() == 0 || nowMillis < retellAtMillis) {
      return;
    }
    for (int replica = 0; replica < table.size(); replica++) {
      if (replica != self) {
        tellAll(replica, out);
      }
    }
    retellMillis = Math.min(2 * retellMillis, RETELL_MILLIS_MAX);
    retellAtMillis = nowMillis + retellMillis;
  }

  private void tellAll(int replica, Consumer<CertifyEffect> out) {
    pending
        .tailMap(certified, false)
        .values()
        .forEach(bundle ->
            bundle
                .own()
                .ifPresent(
                    signed -> out.accept(new CertifyEffect.SendAttestation(replica, signed))));
  }

  private PendingCertificate at(long sequence) {
    return pending.computeIfAbsent(sequence, ignored -> new PendingCertificate(quorum));
  }
}
