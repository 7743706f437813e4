package dev.mallard.certify;

import dev.mallard.c3b.stream.CertifiedBundle;

/** What certification wants done, in order. */
public sealed interface CertifyEffect {
  /**
   * Sign this with the bridge key and answer {@link CertifyInput.Signed}; it is durable that this
   * may be signed.
   */
  record Sign(Attestation attestation) implements CertifyEffect {}

  /** Send the own attestation to a local peer. */
  record SendAttestation(int replica, SignedAttestation signed) implements CertifyEffect {}

  /** A local peer still attests what is certified here: send it the certificate. */
  record SendCertificate(int replica, Certificate certificate) implements CertifyEffect {}

  /**
   * The next bundle in sequence order is certified ([CERT-2]).
   *
   * @param isNew whether the certificate has to be written down; false for one that the disk
   *     remembered
   */
  record BundleCertified(CertifiedBundle bundle, boolean isNew) implements CertifyEffect {}

  /** A local peer contradicts itself ([CERT-3]). */
  record EquivocationFound(EquivocationEvidence evidence) implements CertifyEffect {}

  /**
   * A local peer attests something else than this replica built; the stream cannot go on if enough
   * do.
   */
  record Disagreement(int replica, Attestation own, Attestation theirs) implements CertifyEffect {}
}
