package dev.mallard.testnet.sim.mutants;

import dev.mallard.stake.FaultModel;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.Validator;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;

/** Stake tables that somebody got wrong. */
final class Models {
  private Models() {}

  /** The same validators under another fault model. */
  static StakeTable with(StakeTable table, BigInteger u, BigInteger r) {
    BigInteger lies = r.min(u).max(BigInteger.ZERO);
    return rebuilt(
        table, table.stakes(), new FaultModel(new Stake(u.max(BigInteger.ZERO)), new Stake(lies)));
  }

  /** One unit less may fail than the model says. */
  static StakeTable oneLess(StakeTable table) {
    BigInteger u = table.faultModel().u().units().subtract(BigInteger.ONE);
    return with(table, u, table.faultModel().r().units());
  }

  /** One unit less may lie than the model says. */
  static StakeTable oneLiesLess(StakeTable table) {
    BigInteger r = table.faultModel().r().units().subtract(BigInteger.ONE);
    return with(table, table.faultModel().u().units(), r);
  }

  /** Nobody may fail. */
  static StakeTable trusting(StakeTable table) {
    return with(table, BigInteger.ZERO, BigInteger.ZERO);
  }

  /** Nobody lies, and just under half may crash. */
  static StakeTable crashOnly(StakeTable table) {
    return rebuilt(table, table.stakes(), FaultModel.cft(table.total()));
  }

  /** Heads are counted and not stake. */
  static StakeTable byHeads(StakeTable table) {
    List<Stake> ones = table.stakes().stream().map(stake -> Stake.of(1)).toList();
    return rebuilt(table, ones, FaultModel.bft(Stake.of(ones.size())));
  }

  private static StakeTable rebuilt(StakeTable table, List<Stake> stakes, FaultModel model) {
    List<Validator> validators =
        IntStream.range(0, table.size())
            .mapToObj(i -> new Validator(i, table.keyOf(i), stakes.get(i)))
            .toList();
    return new StakeTable(table.rsm(), table.epoch(), validators, model);
  }
}
