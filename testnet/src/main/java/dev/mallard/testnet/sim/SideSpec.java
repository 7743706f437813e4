package dev.mallard.testnet.sim;

import dev.mallard.stake.FaultModel;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Stake tables as people write them: {@code 40,30,20,10/25,25,25,25}, with a fault model for each
 * side: {@code bft}, {@code cft}, or u and r as in {@code 33:10}.
 */
public final class SideSpec {
  /** Replicas of a side at the most. */
  public static final int REPLICAS_MAX = 31;

  private static final String STAKES_REMEDY =
      "; write whole numbers, as in 40,30,20,10/25,25,25,25";
  private static final String MODELS_REMEDY =
      "; write bft, cft or U:R for each side, as in bft/33:10";

  private SideSpec() {}

  /**
   * Reads both sides.
   *
   * @throws IllegalArgumentException naming what is wrong, its value and what is allowed
   */
  public static List<StakeTable> parse(String stakes, String models) {
    String[] sides = two("--stakes", stakes, STAKES_REMEDY);
    String[] faults = two("--models", models, MODELS_REMEDY);
    return List.of(table(1, sides[0], faults[0]), table(2, sides[1], faults[1]));
  }

  private static String[] two(String option, String text, String remedy) {
    String[] sides = text.split("/", -1);
    if (sides.length != 2) {
      throw new IllegalArgumentException(
          option + " '" + text + "' has " + sides.length + " sides, not two" + remedy);
    }
    return sides;
  }

  private static StakeTable table(long rsm, String stakes, String model) {
    List<Stake> parsed = new ArrayList<>();
    for (String item : stakes.split(",", -1)) {
      parsed.add(new Stake(number("--stakes", item, STAKES_REMEDY)));
    }
    if (parsed.size() > REPLICAS_MAX) {
      throw new IllegalArgumentException(
          "--stakes: "
              + parsed.size()
              + " replicas on one side; at most "
              + REPLICAS_MAX
              + " are simulated whole; --scale goes further");
    }
    BigInteger sum = parsed.stream().map(Stake::units).reduce(BigInteger.ZERO, BigInteger::add);
    if (sum.signum() == 0 || sum.bitLength() > 255) {
      throw new IllegalArgumentException(
          "--stakes '" + stakes + "': the total must be above zero and below 2^255");
    }
    Stake total = new Stake(sum);
    FaultModel faults = checkedModel(stakes, model, total);
    return PlanDraw.table(rsm, parsed, faults);
  }

  private static FaultModel checkedModel(String stakes, String model, Stake total) {
    try {
      FaultModel faults = model(model, total);
      faults.requireFor(total);
      return faults;
    } catch (IllegalArgumentException unsound) {
      String message = String.valueOf(unsound.getMessage());
      throw message.startsWith("--models")
          ? unsound
          : new IllegalArgumentException(
              "--models '" + model + "' with --stakes '" + stakes + "': " + message, unsound);
    }
  }

  private static FaultModel model(String text, Stake total) {
    if (text.equals("bft")) {
      return FaultModel.bft(total);
    }
    if (text.equals("cft")) {
      return FaultModel.cft(total);
    }
    String[] parts = text.split(":", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("--models: '" + text + "' is none" + MODELS_REMEDY);
    }
    return new FaultModel(
        new Stake(number("--models", parts[0], MODELS_REMEDY)),
        new Stake(number("--models", parts[1], MODELS_REMEDY)));
  }

  private static BigInteger number(String option, String text, String remedy) {
    if (text.trim().matches("[0-9]{77,}")) {
      throw new IllegalArgumentException(option + ": '" + text + "' has more than 76 digits");
    }
    if (!text.trim().matches("[0-9]{1,76}")) {
      throw new IllegalArgumentException(option + ": '" + text + "' is no number" + remedy);
    }
    return new BigInteger(text.trim());
  }
}
