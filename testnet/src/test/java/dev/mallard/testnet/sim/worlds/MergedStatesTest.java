package dev.mallard.testnet.sim.worlds;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether states that share a description behave alike, whichever way led to them. */
final class MergedStatesTest {
  @ParameterizedTest
  @CsvSource({"cft-1-1,-1,11", "bft-4-1,1,5", "bft-1-4,6,5", "cft-3-3,-1,4"})
  void statesWithOneDescriptionBehaveAlike(String name, int liar, int events) {
    Cast cast = new Cast(SmallWorlds.named(name), new Ports() {}, liar, true);
    walk(cast, Manner.EVENTS, events);
    walk(cast, Manner.SURPRISES, 1);
    assertTrue(cast.checkMerges() > 500, "hardly anything was compared");
  }

  private static void walk(Cast cast, Manner manner, int depth) {
    Limits limits = new Limits(Duration.ofMinutes(2), 5_000_000, depth, 1);
    new Exploration(cast, "", manner, limits, (place, m, d, states, next) -> {}).run();
  }
}
