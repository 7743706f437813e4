package dev.mallard.certify;

import dev.mallard.stake.StakeTable;

/**
 * Two statements of one replica that contradict each other; both signatures are verified, and
 * anyone with the stake table can do so again ([CERT-3], [G-6]).
 */
public record EquivocationEvidence(int replica, SignedAttestation one, SignedAttestation other) {
  /**
   * Whether it convicts: one stream, epoch and count or number, two contents, both signed by the
   * replica.
   */
  public boolean isProof(StakeTable table, AttestationDigest digests, SignatureScheme scheme) {
    SignerCheck check = new SignerCheck(table, scheme);
    return contradict(one.attestation(), other.attestation())
        && check.isSignedBy(replica, digests.of(one.attestation()), one.signature())
        && check.isSignedBy(replica, digests.of(other.attestation()), other.signature());
  }

  /** Whether no correct replica signs both. */
  public static boolean contradict(Attestation a, Attestation b) {
    return a.stream().equals(b.stream())
        && a.epoch().equals(b.epoch())
        && (a.count() == b.count() || a.sequence() == b.sequence())
        && !a.equals(b);
  }
}
