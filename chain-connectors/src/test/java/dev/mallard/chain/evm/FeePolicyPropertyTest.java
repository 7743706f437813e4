package dev.mallard.chain.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;

/** Fees stay within their bounds, and a replacement always outbids what it replaces. */
final class FeePolicyPropertyTest {
  private static final FeeOptions OPTIONS = FeeOptions.DEFAULT;
  private final FeePolicy policy = new FeePolicy(OPTIONS);

  @Property
  void suggestionStaysWithinItsBounds(
      @ForAll @BigRange(min = "0", max = "1000000000000000") BigInteger baseFee,
      @ForAll @BigRange(min = "0", max = "1000000000000000") BigInteger tip) {
    Fees fees = policy.suggest(baseFee, tip);
    assertTrue(fees.priorityFee().compareTo(fees.feePerGas()) <= 0);
    assertTrue(fees.priorityFee().compareTo(OPTIONS.priorityFeeMax()) <= 0);
    assertTrue(fees.feePerGas().compareTo(OPTIONS.feePerGasMax()) <= 0);
  }

  @Property
  void replacementPaysAnEighthMoreOrIsNotMade(
      @ForAll @BigRange(min = "0", max = "600000000000") BigInteger before,
      @ForAll @BigRange(min = "0", max = "600000000000") BigInteger today) {
    Fees old = policy.suggest(before, BigInteger.ZERO);
    Optional<Fees> raised = policy.raise(old, policy.suggest(today, BigInteger.ZERO));
    raised.ifPresent(fees -> {
      requireEighthMore(old.feePerGas(), fees.feePerGas());
      requireEighthMore(old.priorityFee(), fees.priorityFee());
      assertTrue(fees.feePerGas().compareTo(OPTIONS.feePerGasMax()) <= 0);
      assertTrue(fees.priorityFee().compareTo(fees.feePerGas()) <= 0);
    });
  }

  private static void requireEighthMore(BigInteger before, BigInteger after) {
    BigInteger eight = BigInteger.valueOf(8);
    BigInteger nine = BigInteger.valueOf(9);
    assertTrue(
        after.multiply(eight).compareTo(before.multiply(nine)) >= 0, before + " to " + after);
  }

  @Property
  void raisingEnds(@ForAll @BigRange(min = "0", max = "1000000000") BigInteger baseFee) {
    Optional<Fees> fees = Optional.of(policy.suggest(baseFee, BigInteger.ZERO));
    int steps = 0;
    while (fees.isPresent()) {
      fees = fees.flatMap(f -> policy.raise(f, f));
      steps++;
    }
    assertTrue(steps <= Flight.TRANSACTIONS_MAX, steps + " steps");
    assertEquals(true, steps > 1);
  }
}
