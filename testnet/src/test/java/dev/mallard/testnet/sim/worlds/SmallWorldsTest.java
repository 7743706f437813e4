package dev.mallard.testnet.sim.worlds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The worlds as they are: clean, as deep as a build has time for. */
final class SmallWorldsTest {
  private static final Progress NOBODY = (place, manner, depth, states, frontier) -> {};

  private static Limits depth(int depthMax) {
    return new Limits(Duration.ofMinutes(2), 5_000_000, depthMax, 2);
  }

  @ParameterizedTest
  @CsvSource({"cft-1-1,11,2", "cft-3-3,4,0", "bft-4-1,5,2", "bft-1-4,5,2"})
  @Tag("G-1")
  @Tag("G-2")
  @Tag("G-3")
  @Tag("GC-1")
  void noGuaranteeBreaks(String name, int events, int surprises) {
    World world = SmallWorlds.named(name);
    WorldReport orders =
        SmallWorlds.explore(world, new Ports() {}, Manner.EVENTS, depth(events), NOBODY);
    assertTrue(orders.isClean(), orders::toString);
    assertTrue(orders.walks().stream().allMatch(w -> w.depth() == events), orders::toString);
    WorldReport runs =
        SmallWorlds.explore(
            world, new Ports() {}, Manner.SURPRISES, depth(surprises + 1), NOBODY);
    assertTrue(runs.isClean(), runs::toString);
    assertTrue(runs.walks().stream().allMatch(w -> w.depth() == surprises + 1), runs::toString);
  }

  @Test
  @Tag("G-2")
  void aWorldOfOneBundleAndACrashIsWalkedToItsEnd() {
    World world =
        SmallWorlds.named("cft-1-1").carrying(1).under(World.Faults.crash(1, 0));
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
        SmallWorlds.explore(world, new Ports() {}, Manner.EVENTS, two, NOBODY).states());
  }

  @Test
  void anUnknownWorldIsNamedWithThoseThereAre() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> SmallWorlds.named("cft-9-9"));
    assertEquals(
        "there is no small world \"cft-9-9\"; there are cft-1-1, cft-3-3, bft-4-1, bft-1-4",
        refused.getMessage());
  }
}
