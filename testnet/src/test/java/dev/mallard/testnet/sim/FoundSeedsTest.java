package dev.mallard.testnet.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Plans of seeds that once failed, each with what was wrong. */
class FoundSeedsTest {
  private static SimPlan kept(String name) throws IOException, PlanException {
    try (InputStream file =
        Objects.requireNonNull(FoundSeedsTest.class.getResourceAsStream("/sim/" + name))) {
      return PlanReader.read(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** Two paid for one bundle: T blocks were over before the one whose turn it was held it. */
  @Test
  @Tag("DLV-2")
  void aTakeoverThatDoesNotWaitForABroadcastMayPayTwice() throws IOException, PlanException {
    SimPlan plan = kept("early-takeover.plan");
    assertFalse(plan.isTakeoverPatient(0));
    assertEquals(Optional.empty(), Simulation.run(plan, Mutant.NONE, false).violation());
  }

  /** The Inbox had closed a gap, what lay beyond was sent, and the disk knew of the gap only. */
  @Test
  @Tag("DLV-2")
  void whatWasSentBeyondAGapIsLeftAloneAfterARestartToo() throws IOException, PlanException {
    SimPlan plan = kept("closed-gap.plan");
    assertEquals(Optional.empty(), Simulation.run(plan, Mutant.NONE, false).violation());
  }
}
