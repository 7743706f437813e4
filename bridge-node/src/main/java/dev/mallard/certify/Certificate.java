package dev.mallard.certify;

import dev.mallard.c3b.stream.BundleProof;
import java.util.BitSet;
import java.util.List;

/**
 * Signatures of source replicas under one attestation ([CERT-2]). Holding one proves nothing:
 * {@code CertificateVerifier} does.
 *
 * @param signers indices in the source's stake table of the attestation's epoch
 * @param signatures one for each signer, ascending by index
 */
public record Certificate(Attestation attestation, BitSet signers, List<Signature> signatures)
    implements BundleProof {
  public Certificate {
    signers = (BitSet) signers.clone();
    signatures = List.copyOf(signatures);
    if (signers.cardinality() != signatures.size()) {
      throw new IllegalArgumentException(
          signers.cardinality() + " signers with " + signatures.size() + " signatures");
    }
  }

  @Override
  public BitSet signers() {
    return (BitSet) signers.clone();
  }
}
