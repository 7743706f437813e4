package dev.mallard.stake;

import java.math.BigInteger;

/**
 * Common units for the stakes of two RSMs: each side's stakes are multiplied so that both totals
 * become lcm(Δ_s, Δ_r) [SCHED-3]. Scaled stakes may need 512 bits, hence plain integers.
 *
 * @param total lcm(Δ_s, Δ_r), both sides' total in common units
 * @param senderFactor total / Δ_s
 * @param receiverFactor total / Δ_r
 */
public record StakeScale(BigInteger total, BigInteger senderFactor, BigInteger receiverFactor) {

  /** The smallest common units of two tables. */
  public static StakeScale between(StakeTable senders, StakeTable receivers) {
    BigInteger ofSenders = senders.total().units();
    BigInteger ofReceivers = receivers.total().units();
    BigInteger shared = ofSenders.gcd(ofReceivers);
    BigInteger senderFactor = ofReceivers.divide(shared);
    return new StakeScale(ofSenders.multiply(senderFactor), senderFactor, ofSenders.divide(shared));
  }

  /** A sender's stake in common units. */
  public BigInteger ofSender(Stake stake) {
    return stake.units().multiply(senderFactor);
  }

  /** A receiver's stake in common units. */
  public BigInteger ofReceiver(Stake stake) {
    return stake.units().multiply(receiverFactor);
  }
}
