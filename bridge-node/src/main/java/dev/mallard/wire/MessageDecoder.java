package dev.mallard.wire;

import dev.mallard.bundle.EncodedEntries;
import dev.mallard.c3b.ack.LastCrossing;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.SignedAck;
import dev.mallard.certify.SignedAttestation;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;

/**
 * Reads messages; one encoding each, nothing left over. The other half of {@link MessageEncoder}.
 */
final class MessageDecoder {
  private final WireLimits limits;

  MessageDecoder(WireLimits limits) {
    this.limits = limits;
  }

  PeerMessage read(WireReader frame) throws MalformedException {
    int type = frame.u8();
    WireReader in = frame.part(frame.size("message length", 0, frame.remaining()));
    PeerMessage message = readContent(type, in);
    in.checkEnd("a message of type " + type);
    return message;
  }

  private PeerMessage readContent(int type, WireReader in) throws MalformedException {
    return switch (type) {
      case WireFormat.HELLO -> readHello(in);
      case WireFormat.ATTESTATION ->
          new PeerMessage.AttestationMessage(
              new SignedAttestation(
                  AttestationLayout.read(in), AttestationLayout.readSignature(in)));
      case WireFormat.CERTIFICATE -> new PeerMessage.CertificateMessage(CertificateLayout.read(in));
      case WireFormat.BUNDLE -> readBundle(in);
      case WireFormat.ANNOUNCE ->
          new PeerMessage.AnnounceMessage(
              in.stream(), in.atLeast("top", 0), in.atLeast("quacked", 0));
      case WireFormat.ACK -> readAck(in);
      case WireFormat.FETCH ->
          new PeerMessage.FetchMessage(
              in.stream(),
              in.atLeast("first bundle", 1),
              in.size("bundles asked for", 1, limits.fetchBundlesMax()));
      case WireFormat.PING -> new PeerMessage.Ping();
      default -> throw new MalformedException("message type " + type);
    };
  }

  private static PeerMessage readHello(WireReader in) throws MalformedException {
    if (in.i32() != WireFormat.MAGIC) {
      throw new MalformedException("a Hello of another protocol");
    }
    int protocol = in.u8();
    RsmId rsm = in.rsm();
    int index = in.size("replica index", 0, StakeTable.VALIDATORS_MAX - 1);
    Epoch epoch = in.epoch();
    return new PeerMessage.Hello(protocol, rsm, index, epoch);
  }

  private PeerMessage readBundle(WireReader in) throws MalformedException {
    BundleHeader header = HeaderLayout.read(in);
    long top = in.atLeast("top", 0);
    long quacked = in.atLeast("quacked", 0);
    Certificate certificate = CertificateLayout.read(in);
    int entriesBytes = in.size("bytes of entries", 0, limits.bundleBytesMax());
    EncodedEntries entries = new EncodedEntries(in.payload(entriesBytes));
    return new PeerMessage.BundleMessage(
        new OfferedBundle(header, entries, certificate), top, quacked);
  }

  private PeerMessage readAck(WireReader in) throws MalformedException {
    StreamId stream = in.stream();
    Epoch epoch = in.epoch();
    long cumulative = in.atLeast("cumulative acknowledgement", 0);
    SignedAck ack = new SignedAck(stream, epoch, cumulative, AttestationLayout.readSignature(in));
    PhiList phi = PhiLayout.read(in, limits.phiBitsMax());
    int sender = in.size("sender of the last crossing", 0, StakeTable.VALIDATORS_MAX - 1);
    LastCrossing crossing = new LastCrossing(sender, in.atLeast("number of the last crossing", 0));
    return new PeerMessage.AckMessage(ack, phi, crossing);
  }
}
