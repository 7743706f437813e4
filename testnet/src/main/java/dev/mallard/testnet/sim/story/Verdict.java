package dev.mallard.testnet.sim.story;

import dev.mallard.testnet.sim.Clause;
import dev.mallard.testnet.sim.Simulation;
import dev.mallard.testnet.sim.Violation;
import java.util.Arrays;

/** How a run ended. */
final class Verdict {
  private Verdict() {}

  /** A line if all held; else what was broken, and what that clause says. */
  static String of(Simulation.Result result) {
    return result
            .violation()
            .map(found -> "VIOLATED at " + Clock.of(result.endMillis()) + " s\n" + broken(found))
            .orElse(
                "ALL HELD: every guarantee was checked at each step, and all that is owed arrived.")
        + "\n";
  }

  private static String broken(Violation found) {
    String meaning =
        Arrays.stream(Clause.values())
            .filter(clause -> clause.tag().equals(found.clause()))
            .map(clause -> "  [" + clause.tag() + "] says: " + Meaning.of(clause))
            .findAny()
            .orElse("  No clause: the code failed in a way that it should not.");
    return "  " + found.getMessage() + "\n" + meaning;
  }
}
