package dev.mallard.testnet.sim.worlds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Why no replicas are merged: with a bundle to send, no two can be taken for each other. */
final class SymmetryTest {
  private static int count(World world, int liar, int other) {
    return Symmetry.count(cast(world, liar), cast(world, other));
  }

  private static Cast cast(World world, int liar) {
    return new Cast(world, Span.all(Manner.EVENTS), new Ports() {}, liar, false);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  @Tag("SCHED-2")
  @Tag("ACK-2")
  @Tag("SEND-3")
  void noTwoReplicasOfThreeAreInterchangeable(int bundles) {
    World world = SmallWorlds.named("cft-3-3").carrying(bundles);
    assertEquals(1, count(world, Cast.NOBODY, Cast.NOBODY));
  }

  @ParameterizedTest
  @CsvSource({"bft-4-1,0", "bft-1-4,1"})
  @Tag("SCHED-2")
  @Tag("ACK-2")
  @Tag("SEND-3")
  void eachPlaceOfALiarMakesAWorldOfItsOwn(String name, int first) {
    World world = SmallWorlds.named(name);
    for (int here = first; here < first + 4; here++) {
      for (int there = first; there < first + 4; there++) {
        assertEquals(here == there ? 1 : 0, count(world, here, there), here + " as " + there);
      }
    }
  }

  /** Acks go round: without a bundle, both sides may turn by one. */
  @Test
  void threeAndThreeWithNothingToSendMayTurn() {
    assertEquals(3, count(SmallWorlds.named("cft-3-3").carrying(0), Cast.NOBODY, Cast.NOBODY));
  }

  /** All talk to the one source, and none to another: those who don't lie may be permuted. */
  @Test
  void fourThatHaveNothingToTellEachOtherAreInterchangeable() {
    assertEquals(6, count(SmallWorlds.named("bft-1-4").carrying(0), 1, 4));
  }

  @Test
  void theReportSaysSo() {
    WorldReport report =
        SmallWorlds.explore(
            SmallWorlds.named("bft-4-1").walked(Span.surprises(0)),
            new Ports() {},
            Limits.standard(),
            (place, manner, depth, states, frontier) -> {});
    assertTrue(
        report.toString().contains("no two replicas are interchangeable (group of order 1)"),
        report::toString);
  }
}
