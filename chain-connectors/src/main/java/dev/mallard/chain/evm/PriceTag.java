package dev.mallard.chain.evm;

import java.math.BigInteger;
import java.util.List;

/**
 * What the chain asks for gas right now.
 *
 * @param block the newest block
 * @param baseFee of that block, wei per gas; 0 on chains without one
 * @param tip that the RPC suggests, wei per gas; 0 if it does not
 */
record PriceTag(long block, BigInteger baseFee, BigInteger tip) {
  static List<RpcCall> calls() {
    return List.of(RpcCall.block("latest"), new RpcCall("eth_maxPriorityFeePerGas", List.of()));
  }

  /** The answers to {@link #calls}. */
  static PriceTag read(List<RpcAnswer> answers) throws EndpointFaultException {
    RpcObject latest = answers.getFirst().object("block latest");
    BigInteger baseFee =
        latest.has("baseFeePerGas") ? latest.field("baseFeePerGas").asQuantity() : BigInteger.ZERO;
    BigInteger tip =
        answers.get(1) instanceof RpcAnswer.Failure
            ? BigInteger.ZERO
            : answers.get(1).object("the priority fee").asQuantity();
    return new PriceTag(latest.number("number"), baseFee, tip);
  }
}
