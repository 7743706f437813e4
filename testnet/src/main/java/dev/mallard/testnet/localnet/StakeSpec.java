package dev.mallard.testnet.localnet;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The stakes of both sides as people write them: {@code 40,30,20,10/25,25,25,25}.
 *
 * @param left stakes of the first chain's validators, in index order
 * @param right those of the second chain's
 */
public record StakeSpec(List<BigInteger> left, List<BigInteger> right) {
  /** Validators of a side at the most: each is a process of its own on this machine. */
  public static final int VALIDATORS_MAX = 19;

  /** The stakes a network has unless told otherwise. */
  public static final String DEFAULT = "40,30,20,10/25,25,25,25";

  /** Largest stake: the registry contract keeps 96 bits. */
  private static final int STAKE_BITS_MAX = 90;

  public StakeSpec {
    left = List.copyOf(left);
    right = List.copyOf(right);
  }

  /** Reads the form above; IllegalArgumentException names the value and what is allowed. */
  public static StakeSpec parse(String text) {
    String[] sides = text.split("/", -1);
    if (sides.length != 2) {
      throw new IllegalArgumentException(
          "--stakes '" + text + "' has " + sides.length + " sides; write two, as in " + DEFAULT);
    }
    return new StakeSpec(side(sides[0]), side(sides[1]));
  }

  private static List<BigInteger> side(String text) {
    List<BigInteger> stakes = new ArrayList<>();
    for (String item : text.split(",", -1)) {
      String trimmed = item.trim();
      if (!trimmed.matches("[0-9]{1,30}")) {
        throw new IllegalArgumentException(
            "--stakes: '" + item + "' is no stake; write whole numbers, as in " + DEFAULT);
      }
      BigInteger stake = new BigInteger(trimmed);
      if (stake.signum() == 0 || stake.bitLength() > STAKE_BITS_MAX) {
        throw new IllegalArgumentException(
            "--stakes: " + item + " is not between 1 and 2^" + STAKE_BITS_MAX);
      }
      stakes.add(stake);
    }
    if (stakes.size() > VALIDATORS_MAX) {
      throw new IllegalArgumentException(
          "--stakes: "
              + stakes.size()
              + " validators on one side; this machine runs a process for each, at most "
              + VALIDATORS_MAX);
    }
    return stakes;
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return text(left) + "/" + text(right);
  }

  private static String text(List<BigInteger> side) {
    return String.join(",", side.stream().map(BigInteger::toString).toList());
  }
}
