package dev.mallard.chain.evm;

import java.math.BigInteger;

/**
 * What a delivery transaction may cost and when its fee is raised (EIP-1559). All fees are wei per
 * gas.
 *
 * @param priorityFeeMin tip that is always offered
 * @param priorityFeeMax tip beyond which no RPC's suggestion is followed
 * @param feePerGasMax never offered more, whatever the base fee
 * @param bumpAfterBlocks blocks without inclusion after which the fee is raised
 * @param gasMax of one delivery transaction; should the model ask for more, the chain's simulation
 *     decides whether this is enough
 */
public record FeeOptions(
    BigInteger priorityFeeMin,
    BigInteger priorityFeeMax,
    BigInteger feePerGasMax,
    int bumpAfterBlocks,
    long gasMax) {

  private static final BigInteger GWEI = BigInteger.TEN.pow(9);

  /** Tip of 1 to 20 gwei, at most 500 gwei, raised every third block, 12 million gas. */
  public static final FeeOptions DEFAULT =
      new FeeOptions(
          GWEI,
          GWEI.multiply(BigInteger.valueOf(20)),
          GWEI.multiply(BigInteger.valueOf(500)),
          3,
          12_000_000);

  public FeeOptions {
    if (priorityFeeMin.signum() < 0
        || priorityFeeMin.compareTo(priorityFeeMax) > 0
        || priorityFeeMax.compareTo(feePerGasMax) > 0) {
      throw new IllegalArgumentException(
          "fees must rise from priorityFeeMin ("
              + priorityFeeMin
              + ") over priorityFeeMax ("
              + priorityFeeMax
              + ") to feePerGasMax ("
              + feePerGasMax
              + ")");
    }
    if (bumpAfterBlocks < 1 || gasMax < 100_000) {
      throw new IllegalArgumentException(
          "bumpAfterBlocks is at least 1 and gasMax at least 100000, got "
              + bumpAfterBlocks
              + " and "
              + gasMax);
    }
  }
}
