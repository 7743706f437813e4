package dev.mallard.certify;

import dev.mallard.c3b.stream.BundleBody;
import dev.mallard.c3b.stream.BundleHeader;

/**
 * What can happen to the {@link Certifier} of a stream. The time of an input is handed over beside
 * it.
 */
public sealed interface CertifyInput {
  /** The next bundle of the local chain, in order ([OUT-3]); not yet durable. */
  record BundleBuilt(BundleHeader header, BundleBody body) implements CertifyInput {}

  /**
   * Cursor, bundle and this attestation as high-water mark are durable: it may be signed
   * ([CERT-1]).
   */
  record OwnHighWaterDurable(Attestation attestation) implements CertifyInput {}

  /** The signature that {@link CertifyEffect.Sign} asked for. */
  record OwnSigned(SignedAttestation signed) implements CertifyInput {}

  /** A local peer's attestation, its signature verified. */
  record AttestationArrived(VerifiedAttestation attestation) implements CertifyInput {}

  /** A certificate from a local peer, its signatures verified ([CERT-2]). */
  record CertificateArrived(Certificate certificate) implements CertifyInput {}

  /** A local peer can be reached (again). */
  record PeerConnected(int replica) implements CertifyInput {}

  /**
   * Bundles up to this one are cumulatively quacked: they need no certificate any more ([GC-1]).
   */
  record QuackKnown(long sequence) implements CertifyInput {}

  /** Time has passed. */
  record Tick() implements CertifyInput {}
}
