package dev.mallard.stake;

import java.math.BigInteger;

/**
 * A replica's weight, or a sum of weights: an exact unsigned 256-bit integer, as a chain's
 * contracts hold it. In crash-fault clusters every replica has 1.
 *
 * @param units 0 to 2^256 − 1; the unit is the chain's own (wei, a staking module's token, one
 *     vote)
 */
public record Stake(BigInteger units) implements Comparable<Stake> {

  /** Width of a stake, in bits. */
  public static final int STAKE_BITS_MAX = 256;

  public static final Stake ZERO = new Stake(BigInteger.ZERO);

  public Stake {
    if (units.signum() < 0 || units.bitLength() > STAKE_BITS_MAX) {
      throw new IllegalArgumentException("a stake lies in 0..2^256-1, got " + units);
    }
  }

  /** A stake of at most 63 bits; {@code units} is not negative. */
  public static Stake of(long units) {
    return new Stake(BigInteger.valueOf(units));
  }

  /**
   * The exact sum.
   *
   * @throws IllegalArgumentException if it needs more than 256 bits
   */
  public Stake plus(Stake other) {
    return new Stake(units.add(other.units));
  }

  /**
   * The exact difference.
   *
   * @throws IllegalArgumentException if {@code other} is larger
   */
  public Stake minus(Stake other) {
    return new Stake(units.subtract(other.units));
  }

  public boolean isZero() {
    return units.signum() == 0;
  }

  /** Whether this stake meets a threshold of {@link Quorum}. */
  public boolean isAtLeast(Stake threshold) {
    return compareTo(threshold) >= 0;
  }

  @Override
  public int compareTo(Stake other) {
    return units.compareTo(other.units);
  }

  /** The decimal number of units. */
  @Override
  public String toString() {
    return units.toString();
  }
}
