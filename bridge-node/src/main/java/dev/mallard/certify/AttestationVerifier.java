package dev.mallard.certify;

import dev.mallard.c3b.PeerFault;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;

/** Whether a source replica signed an attestation ([CERT-1]). Any thread. */
public final class AttestationVerifier {
  private final StreamId stream;
  private final StakeTable source;
  private final AttestationDigest digest;
  private final SignatureScheme scheme;

  /** For one stream and one epoch of its source. */
  public AttestationVerifier(
      StreamId stream, StakeTable source, AttestationDigest digest, SignatureScheme scheme) {
    this.stream = stream;
    this.source = source;
    this.digest = digest;
    this.scheme = scheme;
  }

  /** Whether it is {@code replica}'s, of the stream and epoch at hand. */
  public Verdict<VerifiedAttestation> check(int replica, SignedAttestation signed) {
    Attestation attestation = signed.attestation();
    if (!attestation.stream().equals(stream)) {
      return new Verdict.Refused<>(PeerFault.UNKNOWN_STREAM);
    }
    if (!attestation.epoch().equals(source.epoch())) {
      return new Verdict.Refused<>(PeerFault.UNKNOWN_EPOCH);
    }
    if (!isNumbered(attestation) || !isSignedBy(replica, signed)) {
      return new Verdict.Refused<>(PeerFault.BAD_SIGNATURE);
    }
    return new Verdict.Verified<>(new VerifiedAttestation(replica, signed));
  }

  private static boolean isNumbered(Attestation attestation) {
    return attestation.sequence() >= 1 && attestation.count() >= attestation.sequence();
  }

  private boolean isSignedBy(int replica, SignedAttestation signed) {
    return replica >= 0
        && replica < source.size()
        && scheme
            .recover(digest.of(signed.attestation()), signed.signature())
            .filter(source.keyOf(replica)::equals)
            .isPresent();
  }
}
