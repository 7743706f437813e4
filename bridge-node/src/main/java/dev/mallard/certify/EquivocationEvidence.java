package dev.mallard.certify;

import dev.mallard.stake.BridgeAddress;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;

/**
 * Two attestations by one replica for one count that differ ([CERT-3]). Whoever has the source's
 * stake table can check it ([G-6]); correct replicas cannot produce it.
 *
 * @param replica index in the source's stake table
 */
public record EquivocationEvidence(int replica, SignedAttestation first, SignedAttestation second) {

  /** Whether the statements contradict each other; says nothing of the signatures. */
  public boolean isContradiction() {
    Attestation a = first.attestation();
    Attestation b = second.attestation();
    return a.stream().equals(b.stream())
        && a.epoch().equals(b.epoch())
        && a.count() == b.count()
        && !a.equals(b);
  }

  /** The third party's check: a contradiction, and both statements are the replica's. */
  public boolean isProof(AttestationVerifier verifier) {
    return isContradiction()
        && verifier.check(replica, first) instanceof Verdict.Verified<VerifiedAttestation>
        && verifier.check(replica, second) instanceof Verdict.Verified<VerifiedAttestation>;
  }

  /**
   * The evidence in strings and numbers, for JSON and for people.
   *
   * @param key the address that the stake table gives the replica
   */
  public Export export(BridgeAddress key) {
    Attestation attestation = first.attestation();
    return new Export(
        attestation.stream().toString(),
        attestation.epoch().number(),
        replica,
        key.toHex(),
        attestation.count(),
        List.of(Statement.of(first), Statement.of(second)));
  }

  /** Evidence as it is written down. */
  public record Export(
      String stream, long epoch, int replica, String key, long count, List<Statement> statements) {
    public Export {
      statements = List.copyOf(statements);
    }
  }

  /** One of the two statements; hashes and signature in hex. */
  public record Statement(long sequence, String acc, String header, String signature) {
    static Statement of(SignedAttestation signed) {
      Bytes signature = signed.signature().compact();
      return new Statement(
          signed.attestation().sequence(),
          signed.attestation().acc().toHex(),
          signed.attestation().header().toHex(),
          signature.toHexString());
    }
  }
}
