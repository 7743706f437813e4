package dev.mallard.testnet.sim;

import dev.mallard.c3b.ack.LastCrossing;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.stream.BundleBody;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.certify.Attestation;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.Signature;
import dev.mallard.certify.SignedAck;
import dev.mallard.certify.SignedAttestation;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import dev.mallard.wire.MessageSize;
import dev.mallard.wire.PeerMessage;
import java.util.BitSet;
import java.util.Collections;
import org.apache.tuweni.bytes.Bytes;

/**
 * How many bytes of a frame the control messages of one stream may take ([G-5]): the node's own
 * encoding of the largest that its parameters allow, whatever has happened before.
 *
 * @param ack with a phi-list of φ bits
 * @param certificate signed by every replica of the source
 * @param envelope a bundle but for its entries
 */
record ControlSizes(int ack, int announcement, int attestation, int certificate, int envelope) {
  private static final Signature SIGNATURE = new Signature(Bytes.wrap(new byte[Signature.BYTES]));

  private static final BundleBody NOTHING = () -> 0;

  /**
   * Of one stream.
   *
   * @param signers replicas of its source
   */
  static ControlSizes of(StreamId stream, int phiBits, int signers) {
    Attestation attestation = new Attestation(stream, Epoch.FIRST, 1, 1, Hash32.ZERO, Hash32.ZERO);
    BitSet all = new BitSet();
    all.set(0, signers);
    Certificate full = new Certificate(attestation, all, Collections.nCopies(signers, SIGNATURE));
    BundleHeader header =
        new BundleHeader(stream, 1, Epoch.FIRST, 1, Hash32.ZERO, 1, 1, Hash32.ZERO, Hash32.ZERO);
    PhiList phi = PhiList.of(new long[(phiBits + Long.SIZE - 1) / Long.SIZE], phiBits);
    SignedAck ack = new SignedAck(stream, Epoch.FIRST, 1, SIGNATURE);
    return new ControlSizes(
        MessageSize.bytes(new PeerMessage.AckMessage(ack, phi, LastCrossing.NONE)),
        MessageSize.bytes(new PeerMessage.AnnounceMessage(stream, 1, 1)),
        MessageSize.bytes(
            new PeerMessage.AttestationMessage(new SignedAttestation(attestation, SIGNATURE))),
        MessageSize.bytes(new PeerMessage.CertificateMessage(full)),
        MessageSize.bytes(
            new PeerMessage.BundleMessage(new OfferedBundle(header, NOTHING, full), 1, 1)));
  }
}
