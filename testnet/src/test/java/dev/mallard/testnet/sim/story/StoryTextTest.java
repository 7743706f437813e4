package dev.mallard.testnet.sim.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.testnet.sim.Coverage;
import dev.mallard.testnet.sim.Mutant;
import dev.mallard.testnet.sim.PlanText;
import dev.mallard.testnet.sim.SimPlan;
import dev.mallard.testnet.sim.Simulation;
import dev.mallard.testnet.sim.Story;
import dev.mallard.testnet.sim.Violation;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StoryTextTest {
  private static final Simulation.Result RUN = Runs.traced(Runs.plan());
  private static final String FOLDED = StoryText.of(RUN, StoryText.Detail.FOLDED);

  @Test
  void tracingChangesNothing() {
    Simulation.Result untraced = Simulation.run(Runs.plan(), Mutant.NONE, false);
    assertEquals(untraced.digest(), RUN.digest());
    assertEquals(untraced.events(), RUN.events());
    assertEquals(List.of(), untraced.story().events());
    for (long seed = 1; seed <= 10; seed++) {
      Simulation.Result once = Simulation.run(seed);
      assertEquals(once.digest(), Runs.traced(once.plan()).digest(), "seed " + seed);
    }
  }

  @Test
  void everyStepOfABundleIsTold() {
    assertTold("chain a +block \\d+ is final: bundle a-b 2, \\d entr");
    assertTold("a0 a2 a3 +bundle a-b 2 certificate on disk");
    assertTold("a2 -> b2 +bundle a-b 2 crosses, \\d+ ms");
    assertTold("b0 b2 b3 +bundle a-b 2 held");
    assertTold("a\\d.* +quack: a-b up to 2");
    assertTold("b2 +its delivery is executed: a-b up to 2");
  }

  @Test
  void faultsAndWhatTheyCostAreTold() {
    assertTold("1\\.500 +a1 +is killed");
    assertTold("3\\.600 +a1 +starts");
    assertTold("\\*\\*\\* a partition begins: \\[b3\\] and the others");
    assertTold("\\*\\*\\* a partition ends");
    assertTold("bundle a-b \\d crosses: CUT OFF BY A PARTITION");
    assertTold("bundle b-a \\d crosses: NOT SENT: RECEIVER DOWN");
    assertTold("bundle b-a \\d resent, round 2, \\d+ ms");
    assertTold("\\*\\*\\* all faults are over");
  }

  @Test
  void liarsAreMarkedAndTheirLiesCounted() {
    assertTold("b1! -> a\\d +bundle b-a \\d crosses");
    assertTold("b1! +in 1 s: lies: \\d+ acks? changed, 3 local copies withheld");
  }

  @Test
  void itEndsWithThePlanAndTheVerdict() {
    assertTrue(FOLDED.contains(PlanText.of(RUN.plan()).indent(2)));
    assertTrue(FOLDED.endsWith("all that is owed arrived.\n"), FOLDED);
  }

  @Test
  void aBrokenClauseIsExplained() {
    Simulation.Result broken = with(new Violation("G-3", "b0 acknowledges 3 and has durably 2"));
    String text = StoryText.of(broken, StoryText.Detail.FOLDED);
    assertTrue(
        text.endsWith(
            """
            VIOLATED at 8.591 s
              [G-3] b0 acknowledges 3 and has durably 2
              [G-3] says: an ack is never ahead of the disk.
            """),
        text);
    String bug = StoryText.of(with(new Violation("BUG", "oops")), StoryText.Detail.FOLDED);
    assertTrue(bug.contains("No clause"), bug);
  }

  private static Simulation.Result with(Violation violation) {
    return new Simulation.Result(
        RUN.plan(),
        Optional.of(violation),
        RUN.digest(),
        RUN.events(),
        RUN.bundles(),
        8_591,
        new Coverage(),
        RUN.story());
  }

  @Test
  void allOfItHasALineForEachEvent() {
    String all = StoryText.of(RUN, StoryText.Detail.ALL);
    long chatter =
        all.lines()
            .filter(line -> line.contains(" ack ") || line.contains(" attestation "))
            .count();
    assertTrue(chatter > 200, "acks and attestations are there one by one");
    assertTrue(all.lines().count() > RUN.story().events().size());
    assertTrue(all.contains("instead of"), "a changed ack says what was meant");
  }

  @Test
  void dozensOfBundlesFitAFewHundredLines() {
    SimPlan plan = Runs.plan("transfers=7", "transfers=30");
    Simulation.Result run = Runs.traced(plan);
    long lines = StoryText.of(run, StoryText.Detail.FOLDED).lines().count();
    assertTrue(run.bundles() >= 40, () -> "bundles " + run.bundles());
    assertTrue(lines <= 450, () -> "lines " + lines);
  }

  @Test
  void everyFateIsSeen() {
    Set<Story.Fate> seen =
        Runs.traced(
                Runs.plan(
                    "delay-ms=40 jitter-ms=30 loss-permille=60 duplicate-permille=0 reorders=no",
                    "delay-ms=300 jitter-ms=30 loss-permille=60 duplicate-permille=90 reorders=yes"))
            .story()
            .events()
            .stream()
            .map(Story.Event::fate)
            .collect(Collectors.toSet());
    assertEquals(EnumSet.allOf(Story.Fate.class), seen);
  }

  @Test
  void aMessageArrivesAfterItWasSentUnlessItIsLost() {
    for (Story.Event event : RUN.story().events()) {
      boolean isOnItsWay = event.isMessage() && event.fate() == Story.Fate.ARRIVES;
      assertEquals(isOnItsWay, event.until() > event.at(), event::toString);
    }
  }

  @Test
  void absurdNumbersOfLiarsAreNotWrittenOut() {
    assertEquals("(absurd)", Names.number(Long.MAX_VALUE));
    assertEquals("3-5 8", Names.ranges(List.of(8L, 3L, 4L, 5L)));
    assertFalse(FOLDED.contains(Long.toString(Long.MAX_VALUE)));
  }

  private static void assertTold(String pattern) {
    boolean isTold = FOLDED.lines().anyMatch(line -> Pattern.compile(pattern).matcher(line).find());
    assertTrue(isTold, () -> pattern + " in\n" + FOLDED);
  }
}
