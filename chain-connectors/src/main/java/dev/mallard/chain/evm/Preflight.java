package dev.mallard.chain.evm;

import dev.mallard.chain.Submission;
import dev.mallard.stake.BridgeAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * All that is asked before a transaction is signed, in one request: what the Inbox would say, the
 * account's nonce and balance, and today's fees.
 *
 * @param refusal why nothing is to be sent; empty to go ahead
 */
record Preflight(
    Optional<Submission> refusal, long nonce, long block, Fees fees, BigInteger balance) {

  /** Asks one endpoint. */
  static Preflight read(
      RpcEndpoint endpoint,
      SenderAccount account,
      BridgeAddress inbox,
      String data,
      long gas,
      FeePolicy policy,
      ContractErrors errors)
      throws EndpointFaultException {
    String from = account.address().toHex();
    List<RpcCall> calls = new ArrayList<>();
    calls.add(simulation(from, inbox, data, gas));
    calls.add(new RpcCall("eth_getTransactionCount", List.of(from, "pending")));
    calls.add(new RpcCall("eth_getBalance", List.of(from, "latest")));
    calls.addAll(PriceTag.calls());
    account
        .last()
        .ifPresent(last ->
            calls.add(
                new RpcCall("eth_getTransactionByHash", List.of(last.transaction().toHex()))));
    List<RpcAnswer> answers = endpoint.ask(calls);
    long pending = answers.get(1).object("the nonce").asNumber();
    boolean lastIsKnown = calls.size() > 5 && isKnown(answers.get(5));
    PriceTag price = PriceTag.read(answers.subList(3, 5));
    Fees fees = policy.suggest(price.baseFee(), price.tip());
    BigInteger balance = answers.get(2).object("the balance").asQuantity();
    Optional<Submission> refusal = refusal(answers.getFirst(), errors);
    if (refusal.isEmpty()) {
      refusal = cannotPay(account, balance, fees, gas);
    }
    return new Preflight(
        refusal, account.nextNonce(pending, lastIsKnown), price.block(), fees, balance);
  }

  static boolean isKnown(RpcAnswer transaction) throws EndpointFaultException {
    JsonNode value = transaction.value();
    return value.isObject();
  }

  private static RpcCall simulation(String from, BridgeAddress inbox, String data, long gas) {
    return new RpcCall(
        "eth_call",
        List.of(
            Map.of("from", from, "to", inbox.toHex(), "data", data, "gas", RpcCall.quantity(gas)),
            "latest"));
  }

  private static Optional<Submission> refusal(RpcAnswer simulated, ContractErrors errors)
      throws EndpointFaultException {
    if (!(simulated instanceof RpcAnswer.Failure failure)) {
      return Optional.empty();
    }
    String text = failure.message().toLowerCase(Locale.ROOT);
    if (text.contains("insufficient funds")) {
      return Optional.of(new Submission.CannotPay(failure.message()));
    }
    boolean reverted =
        failure.data().length() > 2 || text.contains("revert") || text.contains("gas");
    if (!reverted) {
      throw failure.fault();
    }
    String name = errors.nameOf(failure.data());
    return Optional.of(
        name.equals(ContractErrors.ALREADY_DELIVERED)
            ? new Submission.AlreadyDelivered()
            : new Submission.Refused(name + " (" + failure.message() + ")"));
  }

  private static Optional<Submission> cannotPay(
      SenderAccount account, BigInteger balance, Fees fees, long gas) {
    BigInteger cost = fees.feePerGas().multiply(BigInteger.valueOf(gas));
    if (balance.compareTo(cost) >= 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Submission.CannotPay(
            "account "
                + account.address()
                + " has "
                + balance
                + " wei, a delivery may cost "
                + cost
                + ": fund it"));
  }
}
