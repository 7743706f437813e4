package dev.mallard.wire;

import dev.mallard.c3b.ack.LastCrossing;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.certify.Certificate;
import dev.mallard.certify.SignedAck;
import dev.mallard.certify.SignedAttestation;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StreamId;

/** What one bridge node says to another. Decoded means well-formed, not believed. */
public sealed interface PeerMessage {
  /**
   * The first message in both directions of a connection; the TLS keys have said who speaks, this
   * says that both mean the same.
   *
   * @param protocol version of the wire format
   * @param index the speaker's index in its RSM's stake table
   */
  record Hello(int protocol, RsmId rsm, int index, Epoch epoch) implements PeerMessage {}

  /** To local peers of the source ([CERT-1]). */
  record AttestationMessage(SignedAttestation signed) implements PeerMessage {}

  /** To a local peer of the source that still attests what has been certified. */
  record CertificateMessage(Certificate certificate) implements PeerMessage {}

  /**
   * A bundle: across ([SEND-1]), as a local broadcast ([RECV-2]), or answering a fetch ([GC-2]).
   *
   * @param top the highest bundle the speaker knows to be certified, 0 from the destination's side
   * @param quacked the highest it knows to be quacked ([SEND-3])
   */
  record BundleMessage(OfferedBundle bundle, long top, long quacked) implements PeerMessage {}

  /** How far a source replica is, when no bundle carries it ([SEND-3]). */
  record AnnounceMessage(StreamId stream, long top, long quacked) implements PeerMessage {}

  /**
   * From the destination to the source ([ACK-1]).
   *
   * @param crossing how quick pairs are, unsigned ([LOSS-1])
   */
  record AckMessage(SignedAck ack, PhiList phi, LastCrossing crossing) implements PeerMessage {}

  /** Between local peers of the destination: what the speaker misses ([GC-2]). */
  record FetchMessage(StreamId stream, long from, int count) implements PeerMessage {}

  /** Keeps an idle connection known to be alive. */
  record Ping() implements PeerMessage {}
}
