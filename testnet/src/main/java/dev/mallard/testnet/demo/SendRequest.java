package dev.mallard.testnet.demo;

import java.math.BigInteger;

/**
 * What the TokenBridge of one chain is asked to carry.
 *
 * @param side of the network where it starts, 0 or 1
 * @param token {@link #NATIVE} or an ERC-20's address
 * @param amount in the token's smallest unit
 * @param recipient on the other chain
 * @param deadlineSeconds by the other chain's clock, seconds since 1970; 0 for none
 * @param data for the recipient's hook, {@code 0x…}; {@code 0x} calls none
 */
public record SendRequest(
    int side,
    String token,
    BigInteger amount,
    String recipient,
    long deadlineSeconds,
    String data) {
  /** The chain's own coin. */
  public static final String NATIVE = "native";

  /** Whether the chain's own coin is carried. */
  public boolean isNative() {
    return NATIVE.equals(token);
  }
}
