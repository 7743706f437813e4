package dev.mallard.certify;

import dev.mallard.c3b.stream.BundleBody;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.CertifiedBundle;

/** What the {@link Certifier} wants done, in order. */
public sealed interface CertifyEffect {
  /**
   * Sign with the bridge key, off the loop, and answer {@link CertifyInput.OwnSigned}; its
   * durability was reported.
   */
  record Sign(Attestation attestation) implements CertifyEffect {}

  /** Send an own attestation to every local peer ([CERT-1]). */
  record GossipAttestation(SignedAttestation signed) implements CertifyEffect {}

  /** Send an own attestation to one local peer. */
  record SendAttestation(int replica, SignedAttestation signed) implements CertifyEffect {}

  /** Send a certificate to a local peer who still asks for it by attesting. */
  record ReplyCertificate(int replica, Certificate certificate) implements CertifyEffect {}

  /**
   * The next bundle in order has its certificate: make that durable, feed the stream's sender
   * ([CERT-2]).
   */
  record BundleCertified(CertifiedBundle bundle, Certificate certificate)
      implements CertifyEffect {}

  /**
   * The next bundle in order is quacked already and goes without certificate; it need not be sent.
   */
  record BundlePassed(BundleHeader header, BundleBody body) implements CertifyEffect {}

  /**
   * A replica contradicted itself ([CERT-3]); once for each replica and count, and only so often.
   */
  record EquivocationFound(EquivocationEvidence evidence) implements CertifyEffect {}

  /**
   * A replica attests something else than what this one read: it lies, or one of the two reads a
   * wrong chain.
   */
  record DisagreementFound(int replica, Attestation own, Attestation theirs)
      implements CertifyEffect {}

  /**
   * A quorum certified something else than what this replica read: its own chain node is wrong, or
   * more than r lie. The stream must halt; nothing is guessed.
   */
  record OwnChainContradicted(Attestation own, Certificate certificate) implements CertifyEffect {}

  /**
   * Too many bundles wait for certificates (closed), or no longer (open): pause or resume reading
   * ([G-4]).
   */
  record IntakeChanged(boolean open) implements CertifyEffect {}
}
