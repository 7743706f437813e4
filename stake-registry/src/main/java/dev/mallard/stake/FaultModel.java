package dev.mallard.stake;

import java.math.BigInteger;

/**
 * How much stake of an RSM may fail (UpRight, DESIGN §2). The two sides of a stream may differ.
 *
 * @param u stake that may fail in any way without loss of liveness
 * @param r stake that may lie without loss of safety; at most {@code u}, since a lie is a failure
 */
public record FaultModel(Stake u, Stake r) {

  private static final BigInteger THREE = BigInteger.valueOf(3);

  public FaultModel {
    if (r.compareTo(u) > 0) {
      throw new IllegalArgumentException(
          "stake that may lie is part of the stake that may fail: r <= u, got u = "
              + u
              + ", r = "
              + r);
    }
  }

  /** Byzantine faults: u = r = ⌊(Δ − 1) / 3⌋. */
  public static FaultModel bft(Stake total) {
    Stake third = new Stake(lessOne(total).divide(THREE));
    return new FaultModel(third, third);
  }

  /** Crash faults only: u = ⌊(Δ − 1) / 2⌋, r = 0. */
  public static FaultModel cft(Stake total) {
    return new FaultModel(new Stake(lessOne(total).shiftRight(1)), Stake.ZERO);
  }

  /**
   * The least total stake under which this model is sound: 2u + r + 1. May need more than 256 bits.
   */
  public BigInteger totalMin() {
    return u.units().shiftLeft(1).add(r.units()).add(BigInteger.ONE);
  }

  /** Whether {@code total} is at least {@link #totalMin}. */
  public boolean isSoundFor(Stake total) {
    return total.units().compareTo(totalMin()) >= 0;
  }

  /**
   * Refuses a total stake below 2u + r + 1: quorums would no longer intersect in a correct replica.
   *
   * @throws IllegalArgumentException naming the values
   */
  public void requireFor(Stake total) {
    if (!isSoundFor(total)) {
      throw new IllegalArgumentException(
          "total stake must be at least 2u + r + 1 = "
              + totalMin()
              + " for u = "
              + u
              + ", r = "
              + r
              + ", got "
              + total);
    }
  }

  private static BigInteger lessOne(Stake total) {
    if (total.isZero()) {
      throw new IllegalArgumentException("a fault model needs a total stake above zero");
    }
    return total.units().subtract(BigInteger.ONE);
  }
}
