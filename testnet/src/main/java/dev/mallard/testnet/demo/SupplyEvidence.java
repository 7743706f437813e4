package dev.mallard.testnet.demo;

import java.math.BigInteger;

/**
 * One token over both chains.
 *
 * @param before what there was of it when the script began
 * @param circulating what users can spend at the end, on both chains together
 * @param locked what the bridge holds at its home at the end
 * @param wrapped what there is of its wrapped form at the end
 */
public record SupplyEvidence(
    String token,
    BigInteger before,
    BigInteger circulating,
    BigInteger locked,
    BigInteger wrapped) {

  /** Whether nothing of it came into being or vanished: the wrapped form is covered exactly. */
  public boolean isConserved() {
    return before.equals(circulating) && locked.equals(wrapped);
  }
}
