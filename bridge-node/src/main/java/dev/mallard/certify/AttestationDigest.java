package dev.mallard.certify;

import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What validators sign under an attestation: EIP-712, bound to the destination's chain id and Inbox
 * ([CERT-1]).
 */
public final class AttestationDigest {
  private static final Hash32 DOMAIN_TYPE =
      TypedData.hash(
          "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
  private static final Hash32 TYPE =
      TypedData.hash(
          "Attestation(uint64 source,uint64 destination,uint64 epoch,uint64 sequence,uint64 count,bytes32 acc,bytes32 header)");

  /** A power of two; all replicas attest the same bundles, one soon after the other. */
  private static final int REMEMBERED = 256;

  private final Hash32 domain;
  private final AtomicReferenceArray<@Nullable Digested> remembered =
      new AtomicReferenceArray<>(REMEMBERED);

  private final AtomicReferenceArray<@Nullable Attested> attested =
      new AtomicReferenceArray<>(REMEMBERED);

  private record Attested(BundleHeader header, Attestation attestation) {}

  private record Digested(Attestation attestation, Hash32 digest) {}

  /** For one destination. */
  public AttestationDigest(RsmId destination, BridgeAddress inbox) {
    domain =
        TypedData.hash(
            DOMAIN_TYPE.toBytes(),
            TypedData.hash("Mallard").toBytes(),
            TypedData.hash("1").toBytes(),
            TypedData.word(destination.value()),
            TypedData.word(inbox));
  }

  /** What a replica that built a bundle with this header says of it. Any thread. */
  public Attestation attestation(BundleHeader header) {
    int slot = (int) header.sequence() & (REMEMBERED - 1);
    Attested known = attested.get(slot);
    if (known == null || !known.header().equals(header)) {
      known = new Attested(header, Attestations.of(header));
      attested.set(slot, known);
    }
    return known.attestation();
  }

  /** The 32 bytes that are signed. Any thread. */
  public Hash32 of(Attestation attestation) {
    int slot = (int) attestation.sequence() & (REMEMBERED - 1);
    Digested known = remembered.get(slot);
    if (known == null || !known.attestation().equals(attestation)) {
      known = new Digested(attestation, hash(attestation));
      remembered.set(slot, known);
    }
    return known.digest();
  }

  private Hash32 hash(Attestation attestation) {
    return TypedData.digest(
        domain,
        TypedData.hash(
            TYPE.toBytes(),
            TypedData.word(attestation.stream().source().value()),
            TypedData.word(attestation.stream().destination().value()),
            TypedData.word(attestation.epoch().number()),
            TypedData.word(attestation.sequence()),
            TypedData.word(attestation.count()),
            attestation.acc().toBytes(),
            attestation.header().toBytes()));
  }
}
