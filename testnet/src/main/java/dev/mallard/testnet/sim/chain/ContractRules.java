package dev.mallard.testnet.sim.chain;

import dev.mallard.certify.AttestationDigest;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.CertificateVerifier;
import dev.mallard.certify.SignatureScheme;
import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StakeTable;

/** The rules as the contract has them, certificates judged by the node's own verifier. */
public final class ContractRules implements InboxRules {
  private final CertificateVerifier certificates;

  /** For the Inbox of a chain, by the stake table of the source. */
  public ContractRules(RsmId id, BridgeAddress inbox, StakeTable source, SignatureScheme scheme) {
    certificates =
        new CertificateVerifier(
            source, new AttestationDigest(id, inbox), scheme, new KeccakAccumulator());
  }

  @Override
  public boolean isCertified(Certificate certificate) {
    return certificates.isValid(certificate);
  }
}
