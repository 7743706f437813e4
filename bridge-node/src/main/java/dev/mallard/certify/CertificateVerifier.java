package dev.mallard.certify;

import dev.mallard.chain.Keccak256;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.Quorum;
import dev.mallard.stake.StakeTally;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.apache.tuweni.bytes.Bytes;

/**
 * Whether a certificate's signers hold enough stake and signed ([CERT-2]). The signatures of each
 * distinct certificate are verified once, however many peers bring it ([RECV-1]). Any thread.
 */
public final class CertificateVerifier {
  private final Quorum source;
  private final AttestationDigest digest;
  private final SignatureScheme scheme;
  private final Map<Hash32, FutureTask<Boolean>> checked;

  /**
   * For one epoch of the source.
   *
   * @param cachedMax verdicts remembered, least recently used dropped first
   */
  public CertificateVerifier(
      Quorum source, AttestationDigest digest, SignatureScheme scheme, int cachedMax) {
    this.source = source;
    this.digest = digest;
    this.scheme = scheme;
    this.checked = new BoundedCache<>(cachedMax);
  }

  /** Threshold first, since it is cheap; then every signature. */
  public boolean isValid(Certificate certificate) {
    return isOfEpoch(certificate)
        && isOfKnownSigners(certificate)
        && isOfEnoughStake(certificate)
        && isSignedOnce(certificate);
  }

  private boolean isOfEpoch(Certificate certificate) {
    return certificate.attestation().epoch().equals(source.table().epoch())
        && certificate.attestation().stream().source().equals(source.table().rsm())
        && certificate.attestation().sequence() >= 1
        && certificate.attestation().count() >= 1;
  }

  private boolean isOfKnownSigners(Certificate certificate) {
    return certificate.signers().length() <= source.table().size();
  }

  private boolean isOfEnoughStake(Certificate certificate) {
    StakeTally tally = source.newTally();
    certificate.signers().stream().forEach(tally::add);
    return tally.reaches(source.certificate());
  }

  private boolean isSignedOnce(Certificate certificate) {
    Hash32 signed = digest.of(certificate.attestation());
    FutureTask<Boolean> mine = new FutureTask<>(() -> isSigned(certificate, signed));
    FutureTask<Boolean> task;
    synchronized (checked) {
      task = checked.computeIfAbsent(fingerprint(certificate, signed), key -> mine);
    }
    task.run();
    return resultOf(task);
  }

  /** {@code run} has been called by somebody; whoever came first computes, the others wait here. */
  private static boolean resultOf(FutureTask<Boolean> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (java.util.concurrent.ExecutionException e) {
          throw new IllegalStateException("signature check failed: a bug", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isSigned(Certificate certificate, Hash32 signed) {
    BitSet signers = certificate.signers();
    List<Signature> signatures = certificate.signatures();
    int place = 0;
    for (int i = signers.nextSetBit(0); i >= 0; i = signers.nextSetBit(i + 1)) {
      if (!isSignedBy(i, signed, signatures.get(place++))) {
        return false;
      }
    }
    return true;
  }

  private boolean isSignedBy(int replica, Hash32 signed, Signature signature) {
    return scheme
        .recover(signed, signature)
        .filter(source.table().keyOf(replica)::equals)
        .isPresent();
  }

  private static Hash32 fingerprint(Certificate certificate, Hash32 signed) {
    Bytes signatures =
        Bytes.concatenate(certificate.signatures().stream().map(Signature::compact).toList());
    return Keccak256.hash(
        signed.toBytes(), signatures.toArrayUnsafe(), certificate.signers().toByteArray());
  }
}
