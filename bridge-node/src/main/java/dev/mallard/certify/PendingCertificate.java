package dev.mallard.certify;

import dev.mallard.c3b.stream.BundleBody;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.stake.Quorum;
import dev.mallard.stake.StakeTally;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One bundle on its way to a certificate: who attested it so far. An attestation costs the same
 * however many there are: stake is counted as it comes, and signers are chosen once there is
 * enough.
 */
final class PendingCertificate {
  private final @Nullable SignedAttestation[] attestations;
  private final StakeTally agreeing;
  private final BitSet late = new BitSet();
  private final BitSet convicted = new BitSet();
  private @Nullable BundleHeader header;
  private @Nullable BundleBody body;
  private @Nullable Attestation attestation;
  private @Nullable Certificate certificate;
  private @Nullable SignedAttestation own;

  /** Of a bundle of the source that {@code quorum} is of. */
  PendingCertificate(Quorum quorum) {
    this.attestations = new @Nullable SignedAttestation[quorum.table().size()];
    this.agreeing = quorum.newTally();
  }

  void onBuilt(BundleHeader builtHeader, BundleBody builtBody) {
    header = builtHeader;
    body = builtBody;
    attestation = Attestations.of(builtHeader);
    agreeing.clear();
    for (int replica = 0; replica < attestations.length; replica++) {
      SignedAttestation said = attestations[replica];
      if (said != null) {
        onAttested(replica, said);
      }
    }
  }

  boolean isBuilt() {
    return header != null;
  }

  Optional<Attestation> attestation() {
    return Optional.ofNullable(attestation);
  }

  BundleHeader header() {
    return java.util.Objects.requireNonNull(header);
  }

  BundleBody body() {
    return java.util.Objects.requireNonNull(body);
  }

  Optional<SignedAttestation> own() {
    return Optional.ofNullable(own);
  }

  void onOwn(SignedAttestation signed) {
    own = signed;
  }

  Optional<Certificate> certificate() {
    return Optional.ofNullable(certificate);
  }

  /** A certificate for what this replica built itself. */
  Optional<Certificate> matchingCertificate() {
    return certificate().filter(made -> made.attestation().equals(attestation));
  }

  void onCertificate(Certificate valid) {
    certificate = valid;
  }

  /** What the replica said of this bundle before, if it did. */
  Optional<SignedAttestation> said(int replica) {
    return Optional.ofNullable(attestations[replica]);
  }

  /** Whether the replica spoke of this certified bundle before; notes that it does now. */
  boolean isRepeated(int replica) {
    boolean repeated = late.get(replica) || attestations[replica] != null;
    late.set(replica);
    return repeated;
  }

  /**
   * Whether the replica's contradiction is news: one piece of evidence is enough, and a liar may
   * not fill the disk with it.
   */
  boolean isNewlyConvicted(int replica) {
    boolean isNew = !convicted.get(replica);
    convicted.set(replica);
    return isNew;
  }

  /** Those who said something else than what this replica built, with what they said. */
  Map<Integer, Attestation> disagreeing() {
    Map<Integer, Attestation> others = new TreeMap<>();
    for (int replica = 0; replica < attestations.length; replica++) {
      SignedAttestation said = attestations[replica];
      if (said != null && !agreeing.contains(replica)) {
        others.put(replica, said.attestation());
      }
    }
    return others;
  }

  /** The entries have been handed on; only what peers may still ask for stays. */
  void dropBody() {
    body = null;
  }

  void onAttested(int replica, SignedAttestation signed) {
    Attestation own = attestation;
    if (own != null && own.equals(signed.attestation())) {
      agreeing.add(replica);
      // The own object instead of its decoded equal: there may be thousands of them.
      attestations[replica] = new SignedAttestation(own, signed.signature());
    } else {
      attestations[replica] = signed;
    }
  }

  /**
   * Those who said just what this replica built, if they are enough: the fewest that are, heaviest
   * first, since each signature costs gas.
   *
   * @param heaviestFirst all replicas by falling stake
   */
  Optional<Certificate> assemble(int[] heaviestFirst, Quorum quorum) {
    Attestation agreed = attestation;
    if (agreed == null || !agreeing.reaches(quorum.certificate())) {
      return Optional.empty();
    }
    StakeTally chosen = quorum.newTally();
    for (int i = 0; !chosen.reaches(quorum.certificate()); i++) {
      if (agreeing.contains(heaviestFirst[i])) {
        chosen.add(heaviestFirst[i]);
      }
    }
    BitSet signers = new BitSet();
    List<Signature> signatures = new ArrayList<>();
    for (int replica : chosen.replicas()) {
      signers.set(replica);
      signatures.add(java.util.Objects.requireNonNull(attestations[replica]).signature());
    }
    return Optional.of(new Certificate(agreed, signers, signatures));
  }
}
