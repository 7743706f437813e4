package dev.mallard.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.bundle.Blocks;
import dev.mallard.bundle.BuiltBundle;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StakeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One replica's certifier, number 0 of four equal ones: three make a certificate. */
class CertifierTest {
  private static final int WINDOW = 10;

  private final Validators validators = Validators.ofSource(Blocks.STREAM, 25, 25, 25, 25);
  private final StakeTable table = validators.table();
  private final List<BuiltBundle> bundles = Blocks.bundles(20);
  private final Certifier certifier = new Certifier(table, 0, WINDOW, 0);
  private long now;

  @Test
  @Tag("CERT-1")
  void nothingIsSignedBeforeItIsDurableAndThenJustWhatWasBuilt() {
    assertEquals(List.of(), attested(1, 1));
    assertEquals(List.of(), attested(2, 1));
    assertEquals(List.of(), attested(3, 1));
    assertEquals(new CertifyEffect.Sign(statement(1)), built(1).getFirst());
  }

  @Test
  @Tag("CERT-1")
  void theSignedAttestationGoesToEveryLocalPeer() {
    built(1);
    SignedAttestation own = validators.attest(0, bundle(1));
    assertEquals(
        List.of(
            new CertifyEffect.SendAttestation(1, own),
            new CertifyEffect.SendAttestation(2, own),
            new CertifyEffect.SendAttestation(3, own)),
        step(new CertifyInput.Signed(own)));
  }

  @Test
  @Tag("CERT-1")
  void afterARestartTheSameStatementsAreSigned() {
    List<CertifyEffect> before = built(1);
    List<CertifyEffect> after = new ArrayList<>();
    new Certifier(table, 0, WINDOW, 0)
        .step(
            0,
            new CertifyInput.BundleDurable(bundle(1).header(), bundle(1).body(), Optional.empty()),
            after::add);
    assertEquals(before, after);
  }

  /** Found by the simulator: what one reading builds may be more than a window. */
  @Test
  @Tag("CERT-1")
  void theOwnAttestationIsKeptHoweverFarAheadTheBundleWasBuilt() {
    int built = WINDOW + 2;
    for (int k = 1; k <= built; k++) {
      built(k);
      step(new CertifyInput.Signed(validators.attest(0, bundle(k))));
    }
    for (int k = 1; k <= built; k++) {
      attested(1, k);
      assertEquals(List.of((long) k), certified(attested(2, k)));
    }
  }

  @Test
  @Tag("CERT-2")
  void aCertificateNeedsAllButUStake() {
    built(1);
    step(new CertifyInput.Signed(validators.attest(0, bundle(1))));
    assertEquals(List.of(), certified(attested(1, 1)));
    assertEquals(List.of(1L), certified(attested(2, 1)));
  }

  @Test
  @Tag("CERT-2")
  void attestationsThatCameBeforeTheBundleCount() {
    attested(1, 1);
    attested(2, 1);
    attested(3, 1);
    assertEquals(List.of(1L), certified(built(1)));
  }

  @Test
  @Tag("CERT-2")
  void bundlesAreHandedOnInOrderWithoutGaps() {
    built(1);
    built(2);
    assertEquals(List.of(), certify(2));
    assertEquals(List.of(1L, 2L), certify(1));
    assertEquals(2, certifier.certified());
  }

  @Test
  @Tag("CERT-2")
  void noReplicaIsCountedTwice() {
    built(1);
    attested(1, 1);
    attested(1, 1);
    assertEquals(List.of(), certified(attested(1, 1)));
    assertEquals(List.of(0, 2, 3), certifier.missingForOldest());
  }

  @Test
  @Tag("CERT-2")
  void theHeaviestSignersAreChosenAndNoMoreThanNeeded() {
    Validators uneven = Validators.ofSource(Blocks.STREAM, 10, 20, 30, 40);
    Certifier ofUneven = new Certifier(uneven.table(), 0, WINDOW, 0);
    List<CertifyEffect> effects = new ArrayList<>();
    for (int replica : new int[] {0, 1, 2, 3}) {
      ofUneven.step(
          0,
          new CertifyInput.AttestationArrived(replica, uneven.attest(replica, bundle(1))),
          effects::add);
    }
    ofUneven.step(0, durable(1), effects::add);
    Certificate certificate = (Certificate) made(effects).getFirst().bundle().proof();
    assertEquals("{2, 3}", certificate.signers().toString());
    assertEquals(
        List.of(uneven.attest(2, bundle(1)).signature(), uneven.attest(3, bundle(1)).signature()),
        certificate.signatures());
  }

  @Test
  @Tag("CERT-2")
  void whatDiffersFromTheOwnBundleIsNeverCountedButToldOf() {
    built(1);
    attested(1, 1);
    attested(2, 1);
    Attestation other = forged(1);
    assertEquals(
        List.of(new CertifyEffect.Disagreement(3, statement(1), other)),
        step(new CertifyInput.AttestationArrived(3, validators.attest(3, other))));
    assertEquals(0, certifier.certified());
  }

  @Test
  @Tag("CERT-2")
  void whatDifferedBeforeTheBundleWasBuiltIsToldOfToo() {
    Attestation other = forged(1);
    step(new CertifyInput.AttestationArrived(3, validators.attest(3, other)));
    assertTrue(built(1).contains(new CertifyEffect.Disagreement(3, statement(1), other)));
  }

  @Test
  @Tag("CERT-3")
  void whoContradictsItselfIsConvictedOnce() {
    SignedAttestation first = validators.attest(2, bundle(1));
    SignedAttestation second = validators.attest(2, forged(1));
    step(new CertifyInput.AttestationArrived(2, first));
    List<CertifyEffect> found = step(new CertifyInput.AttestationArrived(2, second));
    assertEquals(
        List.of(new CertifyEffect.EquivocationFound(new EquivocationEvidence(2, first, second))),
        found);
    assertEquals(List.of(), step(new CertifyInput.AttestationArrived(2, second)));
  }

  /** Both orders, with and without the bundle built here: they never meet at one bundle. */
  @Test
  @Tag("CERT-3")
  void oneCountUnderTwoNumbersConvictsToo() {
    SignedAttestation honest = validators.attest(2, bundle(1));
    SignedAttestation renumbered = validators.attest(2, renumbered(statement(1), 2));
    step(new CertifyInput.AttestationArrived(2, honest));
    assertEquals(
        List.of(
            new CertifyEffect.EquivocationFound(new EquivocationEvidence(2, honest, renumbered))),
        step(new CertifyInput.AttestationArrived(2, renumbered)));
    assertEquals(List.of(), step(new CertifyInput.AttestationArrived(2, renumbered)));

    built(1);
    certify(1);
    SignedAttestation early = validators.attest(3, renumbered(statement(1), 2));
    SignedAttestation late = validators.attest(3, bundle(1));
    List<CertifyEffect> found = new ArrayList<>();
    found.addAll(step(new CertifyInput.AttestationArrived(3, early)));
    found.addAll(step(new CertifyInput.AttestationArrived(3, late)));
    assertEquals(
        1, found.stream().filter(e -> e instanceof CertifyEffect.EquivocationFound).count());
  }

  private static Attestation renumbered(Attestation said, long sequence) {
    return new Attestation(
        said.stream(), said.epoch(), sequence, said.count(), said.acc(), said.header());
  }

  /** Statements of honest replicas that are ahead fit no bundle yet, and convict nobody. */
  @Test
  @Tag("CERT-3")
  void whoIsAheadIsNotConvicted() {
    List<CertifyEffect> effects = new ArrayList<>();
    for (int k = 1; k <= WINDOW; k++) {
      effects.addAll(attested(1, k));
    }
    for (int k = 1; k <= WINDOW; k++) {
      effects.addAll(built(k));
      effects.addAll(attested(1, k));
    }
    assertTrue(effects.stream().noneMatch(e -> e instanceof CertifyEffect.EquivocationFound));
  }

  @Test
  @Tag("CERT-3")
  void evidenceIsFoundAfterCertificationToo() {
    built(1);
    certify(1);
    SignedAttestation second = validators.attest(2, forged(1));
    assertEquals(
        List.of(
            new CertifyEffect.EquivocationFound(
                new EquivocationEvidence(2, validators.attest(2, bundle(1)), second))),
        step(new CertifyInput.AttestationArrived(2, second)));
  }

  @Test
  @Tag("CERT-2")
  void onlyAPeerThatRepeatsItselfIsSentTheCertificate() {
    built(1);
    attested(1, 1);
    attested(2, 1);
    certified(step(new CertifyInput.Signed(validators.attest(0, bundle(1)))));
    assertEquals(List.of(), attested(3, 1));
    List<CertifyEffect> reply = attested(3, 1);
    assertEquals(1, reply.size());
    assertEquals(3, ((CertifyEffect.SendCertificate) reply.getFirst()).replica());
    assertEquals(1, attested(1, 1).size());
  }

  @Test
  @Tag("CERT-2")
  void aPeersCertificateWaitsForTheOwnBundle() {
    assertEquals(
        List.of(),
        step(new CertifyInput.CertificateArrived(validators.certificate(bundle(1), 1, 2, 3))));
    assertEquals(List.of(1L), certified(built(1)));
  }

  @Test
  @Tag("CERT-2")
  void aCertificateForSomethingElseIsToldOfAndNotFollowed() {
    BuiltBundle other = Blocks.bundleOf(2);
    step(new CertifyInput.CertificateArrived(validators.certificate(other, 1, 2, 3)));
    List<CertifyEffect> effects = built(1);
    assertEquals(List.of(), certified(effects));
    assertEquals(3, effects.stream().filter(CertifyEffect.Disagreement.class::isInstance).count());
    assertTrue(effects.contains(new CertifyEffect.Sign(statement(1))));
    assertEquals(List.of(1L), certify(1));
  }

  @Test
  @Tag("CERT-1")
  void aPeerThatConnectsHearsWhatIsNotCertifiedYet() {
    built(1);
    built(2);
    step(new CertifyInput.Signed(validators.attest(0, bundle(1))));
    step(new CertifyInput.Signed(validators.attest(0, bundle(2))));
    attested(1, 1);
    attested(2, 1);
    assertEquals(
        List.of(new CertifyEffect.SendAttestation(3, validators.attest(0, bundle(2)))),
        step(new CertifyInput.PeerConnected(3)));
  }

  @Test
  @Tag("CERT-1")
  void whatStaysUncertifiedIsToldAgainEverMoreSeldom() {
    built(1);
    step(new CertifyInput.Signed(validators.attest(0, bundle(1))));
    List<Long> tellings = new ArrayList<>();
    for (now = 1; now <= 60_000; now++) {
      if (!step(new CertifyInput.Tick()).isEmpty()) {
        tellings.add(now);
      }
    }
    assertTrue(tellings.size() >= 8 && tellings.size() <= 14, tellings.toString());
    long gap = tellings.getLast() - tellings.get(tellings.size() - 2);
    assertTrue(gap >= 8_000, "last gap " + gap);
  }

  @Test
  @Tag("GC-1")
  void quackedBundlesNeedNoCertificate() {
    built(1);
    built(2);
    step(new CertifyInput.Quacked(2));
    assertEquals(2, certifier.certified());
    assertEquals(0, certifier.uncertified());
    step(new CertifyInput.Quacked(4));
    assertEquals(List.of(), built(3));
    assertEquals(List.of(), built(4));
    built(5);
    assertEquals(List.of(5L), certify(5));
  }

  @Test
  @Tag("G-4")
  void attestationsFarAheadAreNotKept() {
    for (int replica = 1; replica <= 3; replica++) {
      attested(replica, WINDOW + 1);
    }
    for (int i = 1; i <= WINDOW; i++) {
      built(i);
      certify(i);
    }
    assertEquals(List.of(), certified(built(WINDOW + 1)));
  }

  @Test
  @Tag("CATCH-1")
  void certificatesFromDiskAreNotWrittenAgain() {
    Certificate certificate = validators.certificate(bundle(1), 1, 2, 3);
    List<CertifyEffect> effects =
        step(
            new CertifyInput.BundleDurable(
                bundle(1).header(), bundle(1).body(), Optional.of(certificate)));
    assertEquals(1, effects.size());
    CertifyEffect.BundleCertified restored = (CertifyEffect.BundleCertified) effects.getFirst();
    assertEquals(false, restored.isNew());
    assertEquals(certificate, restored.bundle().proof());
  }

  // --- steps ---

  private BuiltBundle bundle(int sequence) {
    return bundles.get(sequence - 1);
  }

  private Attestation statement(int sequence) {
    return Attestations.of(bundle(sequence).header());
  }

  private Attestation forged(int sequence) {
    Attestation a = statement(sequence);
    return new Attestation(a.stream(), a.epoch(), a.sequence(), a.count(), Hash32.ZERO, a.header());
  }

  private CertifyInput durable(int sequence) {
    return new CertifyInput.BundleDurable(
        bundle(sequence).header(), bundle(sequence).body(), Optional.empty());
  }

  private List<CertifyEffect> built(int sequence) {
    return step(durable(sequence));
  }

  private List<CertifyEffect> attested(int replica, int sequence) {
    return step(
        new CertifyInput.AttestationArrived(replica, validators.attest(replica, bundle(sequence))));
  }

  /** Replicas 1, 2 and 3 attest; which bundles that certifies. */
  private List<Long> certify(int sequence) {
    List<Long> sequences = new ArrayList<>();
    for (int replica = 1; replica <= 3; replica++) {
      sequences.addAll(certified(attested(replica, sequence)));
    }
    return sequences;
  }

  private List<CertifyEffect> step(CertifyInput input) {
    List<CertifyEffect> effects = new ArrayList<>();
    certifier.step(now, input, effects::add);
    return effects;
  }

  private static List<CertifyEffect.BundleCertified> made(List<CertifyEffect> effects) {
    return effects.stream()
        .filter(CertifyEffect.BundleCertified.class::isInstance)
        .map(CertifyEffect.BundleCertified.class::cast)
        .toList();
  }

  private static List<Long> certified(List<CertifyEffect> effects) {
    return made(effects).stream().map(made -> made.bundle().sequence()).toList();
  }
}
