package dev.mallard.testnet.demo;

import dev.mallard.testnet.demo.BridgeDesk.Counter;
import dev.mallard.testnet.localnet.NetworkState.Contracts;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/**
 * Counts every token over both chains. Native coins have no total supply to ask for, so the books
 * follow the one account that sends: what it had is what it has, what it paid for gas, and what
 * stands for its coins on the other chain.
 */
final class SupplyBooks {
  private final List<Counter> counters;
  private final List<BigInteger> coinsBefore;
  private final List<BigInteger> tokensBefore;
  private final List<List<String>> paid = List.of(new ArrayList<>(), new ArrayList<>());

  private SupplyBooks(
      List<Counter> counters, List<BigInteger> coinsBefore, List<BigInteger> tokensBefore) {
    this.counters = List.copyOf(counters);
    this.coinsBefore = List.copyOf(coinsBefore);
    this.tokensBefore = List.copyOf(tokensBefore);
  }

  static SupplyBooks open(List<Counter> counters) throws IOException {
    List<BigInteger> coins = new ArrayList<>();
    List<BigInteger> tokens = new ArrayList<>();
    for (int side = 0; side < counters.size(); side++) {
      Counter home = counters.get(side);
      Counter abroad = counters.get(1 - side);
      coins.add(
          home.chain()
              .balance(home.wallet().address())
              .add(supply(abroad, abroad.contracts().wrappedNative())));
      tokens.add(tokens(home, abroad));
    }
    return new SupplyBooks(counters, coins, tokens);
  }

  /** A transaction of the account whose gas it pays. */
  void onPaid(int side, String transaction) {
    paid.get(side).add(transaction);
  }

  List<SupplyEvidence> read() throws IOException {
    List<SupplyEvidence> evidence = new ArrayList<>();
    for (int side = 0; side < counters.size(); side++) {
      Counter home = counters.get(side);
      Counter abroad = counters.get(1 - side);
      Contracts here = home.contracts();
      BigInteger wrappedCoins = supply(abroad, abroad.contracts().wrappedNative());
      evidence.add(
          new SupplyEvidence(
              "coin of " + home.side().chainId(),
              coinsBefore.get(side),
              home.chain().balance(home.wallet().address()).add(gasPaid(side)).add(wrappedCoins),
              home.chain().balance(here.bridge()),
              wrappedCoins));
      evidence.add(
          new SupplyEvidence(
              "token of " + home.side().chainId(),
              tokensBefore.get(side),
              tokens(home, abroad),
              balance(home, here.token(), here.bridge()),
              supply(abroad, abroad.contracts().wrappedToken())));
    }
    return evidence;
  }

  /**
   * What users can spend of a side's token: all but what the bridge holds, and what stands for
   * that.
   */
  private static BigInteger tokens(Counter home, Counter abroad) throws IOException {
    Contracts here = home.contracts();
    return supply(home, here.token())
        .subtract(balance(home, here.token(), here.bridge()))
        .add(supply(abroad, abroad.contracts().wrappedToken()));
  }

  private BigInteger gasPaid(int side) throws IOException {
    BigInteger sum = BigInteger.ZERO;
    for (String transaction : paid.get(side)) {
      TransactionReceipt receipt = counters.get(side).chain().awaitReceipt(transaction);
      BigInteger price = new BigInteger(receipt.getEffectiveGasPrice().substring(2), 16);
      sum = sum.add(receipt.getGasUsed().multiply(price));
    }
    return sum;
  }

  private static BigInteger supply(Counter counter, String token) throws IOException {
    return number(
        counter.chain().call(token, counter.token(token).totalSupply().encodeFunctionCall()));
  }

  private static BigInteger balance(Counter counter, String token, String owner)
      throws IOException {
    return number(
        counter.chain().call(token, counter.token(token).balanceOf(owner).encodeFunctionCall()));
  }

  private static BigInteger number(String word) {
    return new BigInteger(word.substring(2), 16);
  }
}
