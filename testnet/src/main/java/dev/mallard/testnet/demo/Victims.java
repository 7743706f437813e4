package dev.mallard.testnet.demo;

import dev.mallard.stake.FaultModel;
import dev.mallard.stake.Stake;
import java.math.BigInteger;
import java.util.List;
import java.util.OptionalInt;

/** Which nodes the demo kills. */
public final class Victims {
  private Victims() {}

  /**
   * The node of a side with the most stake that may fail, u at the most: the more stake, the more
   * it sends and submits, so the more is missed. Empty if every node holds more than u.
   */
  public static OptionalInt choose(List<BigInteger> stakes) {
    BigInteger total = stakes.stream().reduce(BigInteger.ZERO, BigInteger::add);
    BigInteger u = FaultModel.bft(new Stake(total)).u().units();
    int victim = -1;
    for (int i = 0; i < stakes.size(); i++) {
      boolean spare = stakes.get(i).compareTo(u) <= 0;
      if (spare && (victim < 0 || stakes.get(i).compareTo(stakes.get(victim)) > 0)) {
        victim = i;
      }
    }
    return victim < 0 ? OptionalInt.empty() : OptionalInt.of(victim);
  }
}
