package dev.mallard.wire;

import dev.mallard.c3b.stream.BundleProof;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.Signature;

/** How many bytes a message takes in a frame, its prefix included; known without encoding it. */
public final class MessageSize {
  static final int HELLO_BYTES =
      WireFormat.MESSAGE_PREFIX_BYTES + Integer.BYTES + 1 + Long.BYTES + Integer.BYTES + Long.BYTES;

  /** A bundle but for its certificate and its entries. */
  static final int BUNDLE_FIXED_BYTES =
      WireFormat.MESSAGE_PREFIX_BYTES + HeaderLayout.BYTES + 2 * Long.BYTES + Integer.BYTES;

  /** An ack but for its phi-list. */
  static final int ACK_FIXED_BYTES =
      WireFormat.MESSAGE_PREFIX_BYTES
          + 4 * Long.BYTES
          + Signature.BYTES
          + Integer.BYTES
          + Long.BYTES;

  private MessageSize() {}

  /** Exact. */
  public static int bytes(PeerMessage message) {
    return switch (message) {
      case PeerMessage.Hello hello -> HELLO_BYTES;
      case PeerMessage.AttestationMessage attestation ->
          WireFormat.MESSAGE_PREFIX_BYTES + AttestationLayout.BYTES + Signature.BYTES;
      case PeerMessage.CertificateMessage certificate ->
          WireFormat.MESSAGE_PREFIX_BYTES + CertificateLayout.bytes(certificate.certificate());
      case PeerMessage.BundleMessage bundle ->
          BUNDLE_FIXED_BYTES
              + CertificateLayout.bytes(certificate(bundle.bundle().proof()))
              + bundle.bundle().body().sizeBytes();
      case PeerMessage.AnnounceMessage announce -> WireFormat.MESSAGE_PREFIX_BYTES + 4 * Long.BYTES;
      case PeerMessage.AckMessage ack -> ACK_FIXED_BYTES + PhiLayout.bytes(ack.phi().length());
      case PeerMessage.FetchMessage fetch ->
          WireFormat.MESSAGE_PREFIX_BYTES + 3 * Long.BYTES + Integer.BYTES;
      case PeerMessage.Ping ping -> WireFormat.MESSAGE_PREFIX_BYTES;
    };
  }

  static Certificate certificate(BundleProof proof) {
    if (proof instanceof Certificate certificate) {
      return certificate;
    }
    throw new IllegalArgumentException("only certificates cross the wire, not " + proof);
  }
}
