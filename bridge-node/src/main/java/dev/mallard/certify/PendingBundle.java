package dev.mallard.certify;

import dev.mallard.c3b.stream.BundleBody;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.stake.Quorum;
import dev.mallard.stake.StakeTally;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An own bundle on its way to a certificate. */
final class PendingBundle {
  private final BundleHeader header;
  private final BundleBody body;
  private final Attestation attestation;
  private final Quorum quorum;
  private final StakeTally tally;
  private final Map<Integer, Signature> signatures = new TreeMap<>();
  private @Nullable SignedAttestation own;
  private @Nullable Certificate certificate;
  private long gossipAt;
  private long gossipMillis;

  PendingBundle(BundleHeader header, BundleBody body, Quorum quorum) {
    this.header = header;
    this.body = body;
    this.attestation = Attestation.of(header);
    this.quorum = quorum;
    this.tally = quorum.newTally();
  }

  BundleHeader header() {
    return header;
  }

  BundleBody body() {
    return body;
  }

  Attestation attestation() {
    return attestation;
  }

  Optional<Certificate> certificate() {
    return Optional.ofNullable(certificate);
  }

  /** The own signed attestation while it is of use: signed, and no certificate yet. */
  Optional<SignedAttestation> wanted() {
    return certificate == null ? Optional.ofNullable(own) : Optional.empty();
  }

  void onOwnSigned(SignedAttestation signed, long now, int gossipMillisInitial) {
    own = signed;
    gossipMillis = gossipMillisInitial;
    gossipAt = now + gossipMillis;
  }

  boolean isGossipDue(long now) {
    return wanted().isPresent() && now >= gossipAt;
  }

  void onGossiped(long now, int gossipMillisMax) {
    gossipMillis = Math.min(2 * gossipMillis, gossipMillisMax);
    gossipAt = now + gossipMillis;
  }

  /**
   * Counts a signature under exactly this bundle's attestation; forms the certificate when there
   * are enough ([CERT-2]).
   */
  void onSignature(int replica, Signature signature) {
    if (certificate != null || !tally.add(replica)) {
      return;
    }
    signatures.put(replica, signature);
    if (tally.reaches(quorum.certificate())) {
      onCertificate(SignerCover.certificate(quorum, attestation, signatures));
    }
  }

  void onCertificate(Certificate formed) {
    if (certificate == null) {
      certificate = formed;
    }
  }
}
