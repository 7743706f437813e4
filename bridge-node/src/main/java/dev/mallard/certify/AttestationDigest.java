package dev.mallard.certify;

import dev.mallard.chain.AbiWords;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;

/**
 * What is signed for an attestation ([CERT-1]): EIP-712, its domain naming the destination's chain
 * id and Inbox, so that a certificate is worth nothing on another chain or contract ([DLV-3]). Any
 * thread.
 */
public final class AttestationDigest {
  private static final Hash32 TYPE =
      Eip712Domain.hash(
          "Attestation(uint64 source,uint64 destination,uint64 epoch,uint64 sequence,uint64 count,bytes32"
              + " acc,bytes32 header)");
  private static final int WORDS = 8;

  private final Eip712Domain domain;

  /** For attestations of entries that {@code inbox} on {@code destination} accepts. */
  public AttestationDigest(RsmId destination, BridgeAddress inbox) {
    this.domain = Eip712Domain.of(destination, inbox);
  }

  /** The 32 bytes to sign. */
  public Hash32 of(Attestation attestation) {
    return domain.digest(
        new AbiWords(WORDS)
            .add(TYPE)
            .add(attestation.stream().source().value())
            .add(attestation.stream().destination().value())
            .add(attestation.epoch().number())
            .add(attestation.sequence())
            .add(attestation.count())
            .add(attestation.acc())
            .add(attestation.header())
            .keccak256());
  }
}
