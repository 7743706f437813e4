package dev.mallard.certify;

import dev.mallard.c3b.stream.BundleBody;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.stake.Quorum;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StakeTally;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One bundle on its way to a certificate: who attested it so far. */
final class PendingCertificate {
  private final TreeMap<Integer, SignedAttestation> attestations = new TreeMap<>();
  private final BitSet late = new BitSet();
  private final BitSet convicted = new BitSet();
  private @Nullable BundleHeader header;
  private @Nullable BundleBody body;
  private @Nullable Attestation attestation;
  private @Nullable Certificate certificate;
  private @Nullable SignedAttestation own;

  void onBuilt(BundleHeader builtHeader, BundleBody builtBody) {
    header = builtHeader;
    body = builtBody;
    attestation = Attestations.of(builtHeader);
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
    return Optional.ofNullable(attestations.get(replica));
  }

  /** Whether the replica spoke of this certified bundle before; notes that it does now. */
  boolean isRepeated(int replica) {
    boolean repeated = late.get(replica) || attestations.containsKey(replica);
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
    attestations.forEach((replica, signed) -> {
      if (!signed.attestation().equals(attestation)) {
        others.put(replica, signed.attestation());
      }
    });
    return others;
  }

  /** The entries have been handed on; only what peers may still ask for stays. */
  void dropBody() {
    body = null;
  }

  void onAttested(int replica, SignedAttestation signed) {
    attestations.put(replica, signed);
  }

  /**
   * Those who said just what this replica built, if they are enough: the fewest that are, heaviest
   * first, since each signature costs gas.
   */
  Optional<Certificate> assemble(StakeTable table, Quorum quorum) {
    Attestation agreed = attestation;
    if (agreed == null) {
      return Optional.empty();
    }
    List<Integer> agreeing =
        attestations.entrySet().stream()
            .filter(said -> said.getValue().attestation().equals(agreed))
            .map(Map.Entry::getKey)
            .sorted(Comparator.comparing((Integer i) -> table.stakeOf(i)).reversed())
            .toList();
    StakeTally tally = quorum.newTally();
    for (int i = 0; i < agreeing.size() && !tally.reaches(quorum.certificate()); i++) {
      tally.add(agreeing.get(i));
    }
    if (!tally.reaches(quorum.certificate())) {
      return Optional.empty();
    }
    BitSet signers = new BitSet();
    IntStream.of(tally.replicas()).forEach(signers::set);
    List<Signature> signatures = new ArrayList<>();
    attestations.forEach((replica, said) -> {
      if (signers.get(replica)) {
        signatures.add(said.signature());
      }
    });
    return Optional.of(new Certificate(agreed, signers, signatures));
  }
}
