package dev.mallard.certify;

/**
 * An attestation that a replica of the source really signed; what it says may still be wrong. Made
 * by {@link AttestationVerifier} only, and by a replica of its own.
 *
 * @param replica index in the source's stake table
 */
public record VerifiedAttestation(int replica, SignedAttestation signed) {
  /** What was signed. */
  public Attestation attestation() {
    return signed.attestation();
  }
}
