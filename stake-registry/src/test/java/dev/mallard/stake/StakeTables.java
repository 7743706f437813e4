package dev.mallard.stake;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** Stake tables for tests: keys are made up from the index, the fault model is Byzantine. */
public final class StakeTables {

  private StakeTables() {}

  public static StakeTable of(long rsm, long... stakes) {
    return of(rsm, IntStream.range(0, stakes.length).mapToObj(i -> Stake.of(stakes[i])).toList());
  }

  public static StakeTable of(long rsm, List<Stake> stakes) {
    Stake total =
        new Stake(stakes.stream().map(Stake::units).reduce(BigInteger.ZERO, BigInteger::add));
    return of(rsm, stakes, FaultModel.bft(total));
  }

  public static StakeTable of(long rsm, List<Stake> stakes, FaultModel faultModel) {
    List<Validator> validators =
        IntStream.range(0, stakes.size())
            .mapToObj(i -> new Validator(i, key(i), stakes.get(i)))
            .toList();
    return new StakeTable(new RsmId(rsm), Epoch.FIRST, validators, faultModel);
  }

  public static BridgeAddress key(int index) {
    return BridgeAddress.fromHex("0x" + "0".repeat(24) + HexFormat.of().toHexDigits(index + 1L));
  }
}
