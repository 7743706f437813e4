package dev.mallard.wire;

import dev.mallard.bundle.EncodedEntries;
import dev.mallard.c3b.stream.BundleBody;
import dev.mallard.c3b.stream.OfferedBundle;
import org.apache.tuweni.bytes.Bytes;

/**
 * Writes messages, each with its type and length before it; the other half of {@link
 * MessageDecoder}.
 */
final class MessageEncoder {
  private MessageEncoder() {}

  static void write(PeerMessage message, WireWriter out) {
    out.u8(type(message));
    out.i32(MessageSize.bytes(message) - WireFormat.MESSAGE_PREFIX_BYTES);
    switch (message) {
      case PeerMessage.Hello hello -> writeHello(hello, out);
      case PeerMessage.AttestationMessage(var signed) -> {
        AttestationLayout.write(signed.attestation(), out);
        out.bytes(signed.signature().compact());
      }
      case PeerMessage.CertificateMessage(var certificate) ->
          CertificateLayout.write(certificate, out);
      case PeerMessage.BundleMessage bundle -> writeBundle(bundle, out);
      case PeerMessage.AnnounceMessage announce -> {
        out.stream(announce.stream());
        out.i64(announce.top());
        out.i64(announce.quacked());
      }
      case PeerMessage.AckMessage ack -> writeAck(ack, out);
      case PeerMessage.FetchMessage fetch -> {
        out.stream(fetch.stream());
        out.i64(fetch.from());
        out.i32(fetch.count());
      }
      case PeerMessage.Ping ping -> {}
    }
  }

  private static int type(PeerMessage message) {
    return switch (message) {
      case PeerMessage.Hello hello -> WireFormat.HELLO;
      case PeerMessage.AttestationMessage attestation -> WireFormat.ATTESTATION;
      case PeerMessage.CertificateMessage certificate -> WireFormat.CERTIFICATE;
      case PeerMessage.BundleMessage bundle -> WireFormat.BUNDLE;
      case PeerMessage.AnnounceMessage announce -> WireFormat.ANNOUNCE;
      case PeerMessage.AckMessage ack -> WireFormat.ACK;
      case PeerMessage.FetchMessage fetch -> WireFormat.FETCH;
      case PeerMessage.Ping ping -> WireFormat.PING;
    };
  }

  private static void writeHello(PeerMessage.Hello hello, WireWriter out) {
    out.i32(WireFormat.MAGIC);
    out.u8(hello.protocol());
    out.rsm(hello.rsm());
    out.i32(hello.index());
    out.epoch(hello.epoch());
  }

  private static void writeBundle(PeerMessage.BundleMessage message, WireWriter out) {
    OfferedBundle bundle = message.bundle();
    HeaderLayout.write(bundle.header(), out);
    out.i64(message.top());
    out.i64(message.quacked());
    CertificateLayout.write(MessageSize.certificate(bundle.proof()), out);
    Bytes entries = entries(bundle.body());
    out.i32(entries.size());
    out.bytes(entries);
  }

  private static Bytes entries(BundleBody body) {
    if (body instanceof EncodedEntries entries) {
      return entries.encoded();
    }
    throw new IllegalArgumentException("only encoded entries cross the wire, not " + body);
  }

  private static void writeAck(PeerMessage.AckMessage message, WireWriter out) {
    out.stream(message.ack().stream());
    out.epoch(message.ack().epoch());
    out.i64(message.ack().cumulative());
    out.bytes(message.ack().signature().compact());
    PhiLayout.write(message.phi(), out);
    out.i32(message.crossing().sender());
    out.i64(message.crossing().sequence());
  }
}
