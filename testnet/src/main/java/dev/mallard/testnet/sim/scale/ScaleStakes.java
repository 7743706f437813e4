package dev.mallard.testnet.sim.scale;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.Validator;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How stake is spread over a side's replicas. */
public enum ScaleStakes {
  /** Everybody has the same. */
  EQUAL,
  /** The i-th has a share of 1/i, as validator sets of public chains roughly have it. */
  ZIPF;

  private static final BigInteger UNIT = BigInteger.TEN.pow(18);

  /**
   * A Byzantine-fault table of this many replicas, stakes in units of 10^-18 as chains have them.
   */
  public StakeTable table(RsmId rsm, int size) {
    List<Validator> validators =
        IntStream.range(0, size).mapToObj(i -> new Validator(i, key(i), stake(i))).toList();
    Stake total =
        new Stake(
            validators.stream()
                .map(validator -> validator.stake().units())
                .reduce(BigInteger.ZERO, BigInteger::add));
    return new StakeTable(rsm, Epoch.FIRST, validators, FaultModel.bft(total));
  }

  private Stake stake(int index) {
    BigInteger richest = UNIT.multiply(BigInteger.valueOf(32_000));
    return switch (this) {
      case EQUAL -> new Stake(richest);
      case ZIPF -> new Stake(richest.divide(BigInteger.valueOf(index + 1L)));
    };
  }

  private static BridgeAddress key(int index) {
    return BridgeAddress.fromHex(String.format(Locale.ROOT, "0x%040x", index + 1));
  }

  /** As flags and JSON name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
