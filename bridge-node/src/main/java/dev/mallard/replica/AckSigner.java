package dev.mallard.replica;

import dev.mallard.c3b.ack.LastCrossing;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.certify.AckDigest;
import dev.mallard.certify.BridgeKey;
import dev.mallard.certify.SignedAck;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.StreamId;
import dev.mallard.wire.PeerMessage.AckMessage;

/** Signs acks ([ACK-1]); one signature serves all receivers of the same number. Any thread. */
final class AckSigner {
  private final StreamId stream;
  private final Epoch epoch;
  private final BridgeKey key;
  private final AckDigest digest;
  private volatile SignedAck last;

  AckSigner(StreamId stream, Epoch epoch, AckDigest digest, BridgeKey key) {
    this.stream = stream;
    this.epoch = epoch;
    this.key = key;
    this.digest = digest;
    this.last = sign(0);
  }

  AckMessage ack(long cumulative, PhiList phi, LastCrossing crossing) {
    SignedAck signed = last;
    if (signed.cumulative() != cumulative) {
      signed = sign(cumulative);
      last = signed;
    }
    return new AckMessage(signed, phi, crossing);
  }

  private SignedAck sign(long cumulative) {
    return new SignedAck(stream, epoch, cumulative, key.sign(digest.of(stream, epoch, cumulative)));
  }
}
