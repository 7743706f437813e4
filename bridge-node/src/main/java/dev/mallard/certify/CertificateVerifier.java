package dev.mallard.certify;

import dev.mallard.bundle.EncodedEntries;
import dev.mallard.bundle.EntriesCodec;
import dev.mallard.c3b.PeerFault;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.chain.Accumulator;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.Quorum;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StakeTally;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of [RECV-1] that hashes and checks signatures: epoch, hash chain, certificate, in this
 * order. The only place where an {@link OfferedBundle} becomes a {@link CertifiedBundle} at the
 * destination. Safe for any thread.
 */
public final class CertificateVerifier {
  private static final int REMEMBERED_MAX = 4096;

  private final StakeTable source;
  private final Quorum quorum;
  private final AttestationDigest digests;
  private final SignatureScheme scheme;
  private final Accumulator accumulator;

  /** Certificates whose signatures have been checked: each is checked once, whoever sends it. */
  private final Map<Certificate, Boolean> checked =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Certificate, Boolean> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  /** A verifier by the source's stake table. */
  public CertificateVerifier(
      StakeTable source,
      AttestationDigest digests,
      SignatureScheme scheme,
      Accumulator accumulator) {
    this.source = source;
    this.quorum = new Quorum(source);
    this.digests = digests;
    this.scheme = scheme;
    this.accumulator = accumulator;
  }

  /** Judges an offered bundle. */
  public BundleVerdict verify(OfferedBundle offered) {
    BundleHeader header = offered.header();
    if (!header.epoch().equals(source.epoch())) {
      return new BundleVerdict.Refused(PeerFault.UNKNOWN_EPOCH);
    }
    Optional<List<OutboxEntry>> entries = decode(offered);
    if (entries.isEmpty() || !isHashChainWhole(header, entries.get())) {
      return new BundleVerdict.Refused(PeerFault.BROKEN_HASH_CHAIN);
    }
    if (!(offered.proof() instanceof Certificate certificate)
        || !certificate.attestation().equals(digests.attestation(header))
        || !isValid(certificate)) {
      return new BundleVerdict.Refused(PeerFault.BAD_CERTIFICATE);
    }
    return new BundleVerdict.Verified(
        new CertifiedBundle(header, offered.body(), certificate), entries.get());
  }

  /**
   * Whether a certificate's signers are validators of its epoch with enough stake, and all signed
   * ([CERT-2]).
   */
  public boolean isValid(Certificate certificate) {
    synchronized (checked) {
      Boolean known = checked.get(certificate);
      if (known != null) {
        return known;
      }
    }
    boolean valid = checkSignatures(certificate);
    synchronized (checked) {
      checked.put(certificate, valid);
    }
    return valid;
  }

  private boolean checkSignatures(Certificate certificate) {
    Attestation attestation = certificate.attestation();
    BitSet signers = certificate.signers();
    if (!attestation.epoch().equals(source.epoch()) || signers.length() > source.size()) {
      return false;
    }
    StakeTally tally = quorum.newTally();
    signers.stream().forEach(tally::add);
    if (!tally.reaches(quorum.certificate())) {
      return false;
    }
    Hash32 digest = digests.of(attestation);
    int next = 0;
    for (int i = signers.nextSetBit(0); i >= 0; i = signers.nextSetBit(i + 1)) {
      Optional<BridgeAddress> signer = scheme.recover(digest, certificate.signatures().get(next++));
      if (signer.isEmpty() || !signer.get().equals(source.keyOf(i))) {
        return false;
      }
    }
    return true;
  }

  private static Optional<List<OutboxEntry>> decode(OfferedBundle offered) {
    return offered.body() instanceof EncodedEntries body
        ? EntriesCodec.decode(
            body.encoded(), offered.header().firstIndex(), offered.header().entryCount())
        : Optional.empty();
  }

  private boolean isHashChainWhole(BundleHeader header, List<OutboxEntry> entries) {
    Hash32 acc = header.accBefore();
    for (OutboxEntry entry : entries) {
      acc = accumulator.extend(header.stream(), acc, entry);
    }
    return acc.equals(header.accAfter());
  }
}
