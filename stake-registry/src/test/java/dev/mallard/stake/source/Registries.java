package dev.mallard.stake.source;

import dev.mallard.stake.Epoch;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTables;
import dev.mallard.stake.Validator;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** Registries for tests: keys, endpoints and TLS keys are made up from the index. */
public final class Registries {

  private Registries() {}

  public static Registry bft(long... stakes) {
    return bft(IntStream.range(0, stakes.length).mapToObj(i -> Stake.of(stakes[i])).toList());
  }

  static Registry bft(List<Stake> stakes) {
    BigInteger total = stakes.stream().map(Stake::units).reduce(BigInteger.ZERO, BigInteger::add);
    return of(stakes, FaultModel.bft(new Stake(total)));
  }

  static Registry of(List<Stake> stakes, FaultModel faultModel) {
    List<RegistryEntry> entries =
        IntStream.range(0, stakes.size()).mapToObj(i -> entry(i, stakes.get(i))).toList();
    return Registry.of(new RsmId(31337), new Epoch(3), entries, faultModel);
  }

  static RegistryEntry entry(int index, Stake stake) {
    return new RegistryEntry(
        new Validator(index, StakeTables.key(index), stake),
        "127.0.0.1:" + (7000 + index),
        tlsKey(index));
  }

  static Hash32 tlsKey(int index) {
    return Hash32.fromHex("0x" + "0".repeat(48) + HexFormat.of().toHexDigits(0xabcd_0000L + index));
  }
}
