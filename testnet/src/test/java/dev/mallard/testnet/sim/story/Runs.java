package dev.mallard.testnet.sim.story;

import dev.mallard.testnet.sim.Mutant;
import dev.mallard.testnet.sim.PlanException;
import dev.mallard.testnet.sim.PlanReader;
import dev.mallard.testnet.sim.SimPlan;
import dev.mallard.testnet.sim.Simulation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Runs that are told and drawn in tests. */
final class Runs {
  private Runs() {}

  /** The plan of docs/simulation.svg: a crash, a partition, a liar, and some loss. */
  static SimPlan plan() {
    return plan("never there", "");
  }

  /** The same with a part of its text replaced. */
  static SimPlan plan(String part, String by) {
    try (InputStream in =
        Objects.requireNonNull(Runs.class.getResourceAsStream("/sim/picture.plan"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return PlanReader.read(text.replace(part, by));
    } catch (IOException | PlanException broken) {
      throw new AssertionError(broken);
    }
  }

  static Simulation.Result traced(SimPlan plan) {
    return Simulation.run(plan, Mutant.NONE, true);
  }
}
