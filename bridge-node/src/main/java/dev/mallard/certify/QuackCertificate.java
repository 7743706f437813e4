package dev.mallard.certify;

import dev.mallard.stake.Quorum;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StakeTally;
import dev.mallard.stake.StreamId;
import java.util.Map;

/**
 * The signed acks behind a cumulative quack ([QUACK-2]); anyone with the destination's stake table
 * can check it ([G-6]).
 *
 * @param quacked everything up to it is held by a correct replica of the destination
 * @param acks by replica index; each for {@code quacked} or more
 */
public record QuackCertificate(StreamId stream, long quacked, Map<Integer, SignedAck> acks) {
  public QuackCertificate {
    acks = Map.copyOf(acks);
  }

  /**
   * Whether the acks are of this stream and the table's epoch, say enough, are signed by whom they
   * are said to be, and together hold a quack's stake ([QUACK-1]).
   */
  public boolean isValid(StakeTable destination, AckDigest digests, SignatureScheme scheme) {
    SignerCheck signers = new SignerCheck(destination, scheme);
    Quorum quorum = new Quorum(destination);
    StakeTally tally = quorum.newTally();
    for (Map.Entry<Integer, SignedAck> entry : acks.entrySet()) {
      SignedAck ack = entry.getValue();
      if (!isAbout(ack, destination)
          || !signers.isSignedBy(
              entry.getKey(), digests.of(stream, ack.epoch(), ack.cumulative()), ack.signature())) {
        return false;
      }
      tally.add(entry.getKey());
    }
    return tally.reaches(quorum.quack());
  }

  private boolean isAbout(SignedAck ack, StakeTable destination) {
    return destination.rsm().equals(stream.destination())
        && ack.stream().equals(stream)
        && ack.epoch().equals(destination.epoch())
        && ack.cumulative() >= quacked;
  }
}
