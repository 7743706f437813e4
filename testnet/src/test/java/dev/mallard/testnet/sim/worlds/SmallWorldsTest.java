package dev.mallard.testnet.sim.worlds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The worlds as they are: clean, as deep as a build has time for. */
final class SmallWorldsTest {
  /** Where what is measured may make ever new states, time is bounded. */
  private static final int QUANTA = 9;

  private static final Progress NOBODY = (place, manner, depth, states, frontier) -> {};

  private static Limits depth(int depthMax) {
    return new Limits(Duration.ofMinutes(2), 5_000_000, depthMax, 2);
  }

  @ParameterizedTest
  @CsvSource({
    "cft-1-1,2,10,1",
    "cft-1-1-window,2,10,1",
    "cft-1-1-timers,2,10,1",
    "cft-3-3,1,5,0",
    "bft-4-1,1,5,1",
    "bft-1-4,1,5,1"
  })
  @Tag("G-1")
  @Tag("G-2")
  @Tag("G-3")
  @Tag("GC-1")
  void noGuaranteeBreaks(String name, int bundles, int events, int surprises) {
    World world = SmallWorlds.named(name).carrying(bundles);
    WorldReport orders = walk(world, Manner.EVENTS, events);
    assertTrue(orders.isClean(), orders::toString);
    assertTrue(orders.walks().stream().allMatch(w -> w.depth() == events), orders::toString);
    Span late = new Span(Manner.SURPRISES, surprises, QUANTA, Span.ANY);
    WorldReport runs = walk(world.walked(late));
    assertTrue(runs.isClean() && runs.isWhole(), runs::toString);
    assertTrue(runs.walks().stream().allMatch(w -> w.depth() == surprises), runs::toString);
  }

  private static WorldReport walk(World world) {
    return SmallWorlds.explore(world, new Ports() {}, depth(Span.ANY), NOBODY);
  }

  private static WorldReport walk(World world, Manner manner, int depth) {
    return SmallWorlds.explore(world, new Ports() {}, manner, depth(depth), NOBODY);
  }

  @Test
  @Tag("G-2")
  void aWorldOfOneBundleAndACrashIsWalkedToItsEnd() {
    World world = SmallWorlds.named("cft-1-1").carrying(1).under(World.Faults.crash(1, 0));
    WorldReport report = SmallWorlds.explore(world, new Ports() {}, depth(1_000), NOBODY);
    assertTrue(report.isClean() && report.isWhole(), report::toString);
    assertTrue(report.states() > 1_000, report::toString);
  }

  @Test
  void oneThreadFindsWhatTwoFind() {
    World world = SmallWorlds.named("cft-1-1");
    Limits two = depth(9);
    Limits one = new Limits(two.duration(), two.statesMax(), two.depthMax(), 1);
    assertEquals(
        SmallWorlds.explore(world, new Ports() {}, Manner.EVENTS, one, NOBODY).states(),
        walk(world, Manner.EVENTS, 9).states());
  }

  @Test
  void aWalkThatIsCutSaysWhereItEnded() {
    WorldReport report = walk(SmallWorlds.named("cft-1-1"), Manner.EVENTS, 3);
    assertEquals(
        "it was deep enough; every state up to 3 events was looked at",
        report.walks().getFirst().cut().orElseThrow());
    assertFalse(report.isWhole());
  }

  @Test
  void anUnknownWorldIsNamedWithThoseThereAre() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> SmallWorlds.named("cft-9-9"));
    assertEquals(
        "there is no small world \"cft-9-9\"; there are cft-1-1, cft-1-1-window,"
            + " cft-1-1-timers, cft-3-3, bft-4-1, bft-1-4",
        refused.getMessage());
  }
}
