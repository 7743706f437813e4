package dev.mallard.c3b.harness;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.Validator;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Stake tables for tests. */
public final class Tables {
  private Tables() {}

  /** Byzantine fault model. */
  public static StakeTable bft(long rsm, long... stakes) {
    List<Stake> list = LongStream.of(stakes).mapToObj(Stake::of).toList();
    return of(rsm, list, FaultModel.bft(total(list)));
  }

  /** Crash-fault model. */
  public static StakeTable cft(long rsm, long... stakes) {
    List<Stake> list = LongStream.of(stakes).mapToObj(Stake::of).toList();
    return of(rsm, list, FaultModel.cft(total(list)));
  }

  /** Any stakes and model; keys are made up from the index. */
  public static StakeTable of(long rsm, List<Stake> stakes, FaultModel faultModel) {
    List<Validator> validators =
        IntStream.range(0, stakes.size())
            .mapToObj(i -> new Validator(i, key(i), stakes.get(i)))
            .toList();
    return new StakeTable(new RsmId(rsm), Epoch.FIRST, validators, faultModel);
  }

  /** The sum. */
  public static Stake total(List<Stake> stakes) {
    return new Stake(stakes.stream().map(Stake::units).reduce(BigInteger.ZERO, BigInteger::add));
  }

  private static BridgeAddress key(int index) {
    return BridgeAddress.fromHex(Story.line("0x%040x", index + 1));
  }
}
