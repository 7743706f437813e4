package dev.mallard.certify;

import dev.mallard.c3b.PeerFault;
import dev.mallard.stake.Quorum;
import dev.mallard.stake.StakeTally;
import dev.mallard.stake.StreamId;
import java.util.Map;

/**
 * The signed acks behind a cumulative quack ([QUACK-2]), for anyone who has the destination's stake
 * table.
 *
 * @param quacked everything up to it is held by a correct replica of the destination
 * @param acks by replica index, each for {@code quacked} or more
 */
public record QuackCertificate(StreamId stream, long quacked, Map<Integer, SignedAck> acks) {
  public QuackCertificate {
    acks = Map.copyOf(acks);
  }

  /** Checks every ack, then whether together they are a quack ([QUACK-1]). */
  public Verdict<QuackCertificate> check(AckVerifier verifier, Quorum destination) {
    StakeTally tally = destination.newTally();
    for (Map.Entry<Integer, SignedAck> entry : acks.entrySet()) {
      Verdict<SignedAck> verdict = verifier.check(entry.getKey(), entry.getValue());
      if (verdict instanceof Verdict.Refused<SignedAck> refused) {
        return new Verdict.Refused<>(refused.fault());
      }
      if (entry.getValue().stream().equals(stream) && entry.getValue().cumulative() >= quacked) {
        tally.add(entry.getKey());
      }
    }
    return tally.reaches(destination.quack())
        ? new Verdict.Verified<>(this)
        : new Verdict.Refused<>(PeerFault.BAD_CERTIFICATE);
  }
}
