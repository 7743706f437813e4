package dev.mallard.chain.evm;

import java.math.BigInteger;
import java.util.Optional;

/** Which fees to offer, and how to raise them. Pure. */
final class FeePolicy {
  private static final BigInteger EIGHT = BigInteger.valueOf(8);
  private static final BigInteger NINE = BigInteger.valueOf(9);

  private final FeeOptions options;

  FeePolicy(FeeOptions options) {
    this.options = options;
  }

  /**
   * Room for the base fee to double, and a tip within the configured bounds.
   *
   * @param tipSuggested by the RPC, which may say anything
   */
  Fees suggest(BigInteger baseFee, BigInteger tipSuggested) {
    BigInteger tip = tipSuggested.max(options.priorityFeeMin()).min(options.priorityFeeMax());
    BigInteger feePerGas = baseFee.shiftLeft(1).add(tip).min(options.feePerGasMax());
    return new Fees(tip.min(feePerGas), feePerGas);
  }

  /**
   * Fees that replace a transaction: an eighth more than before at least (pools want a tenth), and
   * what the chain asks now. Empty once the configured maximum does not allow that.
   */
  Optional<Fees> raise(Fees before, Fees now) {
    BigInteger feePerGas = anEighthMore(before.feePerGas()).max(now.feePerGas());
    BigInteger tip = anEighthMore(before.priorityFee()).max(now.priorityFee());
    if (anEighthMore(before.feePerGas()).compareTo(options.feePerGasMax()) > 0) {
      return Optional.empty();
    }
    BigInteger bounded = feePerGas.min(options.feePerGasMax());
    return Optional.of(new Fees(tip.min(bounded), bounded));
  }

  private static BigInteger anEighthMore(BigInteger fee) {
    return fee.multiply(NINE).add(EIGHT).divide(EIGHT);
  }
}
