package dev.mallard.certify;

import dev.mallard.bundle.BundleVerification;
import dev.mallard.bundle.BundleVerification.BodyVerdict;
import dev.mallard.c3b.PeerFault;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.StreamId;
import java.util.List;

/**
 * The one place where an offered bundle becomes a certified one ([RECV-1], [G-1]): stream, epoch,
 * attestation and header, hash chain, certificate, in that order. Any thread but an event loop.
 */
public final class BundleVerifier {
  private final StreamId stream;
  private final Epoch epoch;
  private final BundleVerification bodies;
  private final CertificateVerifier certificates;

  /** For one stream and one epoch of its source. */
  public BundleVerifier(
      StreamId stream, Epoch epoch, BundleVerification bodies, CertificateVerifier certificates) {
    this.stream = stream;
    this.epoch = epoch;
    this.bodies = bodies;
    this.certificates = certificates;
  }

  /**
   * A bundle that passed.
   *
   * @param entries what its body holds, decoded
   */
  public record VerifiedBundle(CertifiedBundle bundle, List<OutboxEntry> entries) {
    public VerifiedBundle {
      entries = List.copyOf(entries);
    }
  }

  /** All checks of [RECV-1] that need nothing but the bundle itself. */
  public Verdict<VerifiedBundle> check(OfferedBundle offered) {
    BundleHeader header = offered.header();
    if (!header.stream().equals(stream)) {
      return new Verdict.Refused<>(PeerFault.UNKNOWN_STREAM);
    }
    if (!header.epoch().equals(epoch)) {
      return new Verdict.Refused<>(PeerFault.UNKNOWN_EPOCH);
    }
    if (!(offered.proof() instanceof Certificate certificate) || !isAbout(certificate, header)) {
      return new Verdict.Refused<>(PeerFault.BAD_CERTIFICATE);
    }
    return switch (bodies.checkBody(header, offered.body())) {
      case BodyVerdict.Broken broken -> new Verdict.Refused<>(broken.fault());
      case BodyVerdict.Chained chained -> checkCertificate(offered, certificate, chained.entries());
    };
  }

  /** Count, accumulator, number and header hash are what the replicas signed. */
  private static boolean isAbout(Certificate certificate, BundleHeader header) {
    return certificate.attestation().equals(Attestation.of(header));
  }

  private Verdict<VerifiedBundle> checkCertificate(
      OfferedBundle offered, Certificate certificate, List<OutboxEntry> entries) {
    if (!certificates.isValid(certificate)) {
      return new Verdict.Refused<>(PeerFault.BAD_CERTIFICATE);
    }
    return new Verdict.Verified<>(
        new VerifiedBundle(
            new CertifiedBundle(offered.header(), offered.body(), certificate), entries));
  }
}
