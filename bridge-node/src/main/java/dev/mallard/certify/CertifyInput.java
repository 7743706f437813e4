package dev.mallard.certify;

import dev.mallard.c3b.stream.BundleBody;
import dev.mallard.c3b.stream.BundleHeader;
import java.util.Optional;

/**
 * Everything that can happen to the certification of a stream. Signatures have been verified
 * before.
 */
public sealed interface CertifyInput {
  /**
   * The next own bundle, and its high-water mark is durable: it may be signed ([CERT-1]).
   *
   * @param certificate as the disk remembered it after a restart
   */
  record BundleDurable(BundleHeader header, BundleBody body, Optional<Certificate> certificate)
      implements CertifyInput {}

  /** The own signature that {@link CertifyEffect.Sign} asked for. */
  record Signed(SignedAttestation signed) implements CertifyInput {}

  /** A local peer attests; the signature is its own. */
  record AttestationArrived(int replica, SignedAttestation signed) implements CertifyInput {}

  /** A local peer sent a whole certificate; it is valid. */
  record CertificateArrived(Certificate certificate) implements CertifyInput {}

  /** A local peer is connected (again): it may have missed what was said. */
  record PeerConnected(int replica) implements CertifyInput {}

  /** Everything up to here is quacked: no certificate is needed for it any more ([GC-1]). */
  record Quacked(long sequence) implements CertifyInput {}

  /** Time has passed. */
  record Tick() implements CertifyInput {}
}
