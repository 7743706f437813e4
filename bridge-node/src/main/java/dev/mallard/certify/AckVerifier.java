package dev.mallard.certify;

import dev.mallard.c3b.PeerFault;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;

/** Whether a destination replica signed an acknowledgement ([ACK-1]). Any thread. */
public final class AckVerifier {
  private final StreamId stream;
  private final StakeTable destination;
  private final AckDigest digest;
  private final SignatureScheme scheme;

  /** For one stream and one epoch of its destination. */
  public AckVerifier(StreamId stream, StakeTable destination, SignatureScheme scheme) {
    this.stream = stream;
    this.destination = destination;
    this.digest = new AckDigest(stream.source());
    this.scheme = scheme;
  }

  /** Whether it is {@code replica}'s, of the stream and epoch at hand; passes the ack itself. */
  public Verdict<SignedAck> check(int replica, SignedAck ack) {
    if (!ack.stream().equals(stream)) {
      return new Verdict.Refused<>(PeerFault.UNKNOWN_STREAM);
    }
    if (!ack.epoch().equals(destination.epoch())) {
      return new Verdict.Refused<>(PeerFault.UNKNOWN_EPOCH);
    }
    if (ack.cumulative() < 0 || !isSignedBy(replica, ack)) {
      return new Verdict.Refused<>(PeerFault.BAD_SIGNATURE);
    }
    return new Verdict.Verified<>(ack);
  }

  private boolean isSignedBy(int replica, SignedAck ack) {
    return replica >= 0
        && replica < destination.size()
        && scheme
            .recover(digest.of(ack), ack.signature())
            .filter(destination.keyOf(replica)::equals)
            .isPresent();
  }
}
