package dev.mallard.testnet.sim.worlds;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.stake.StakeTable;
import java.util.List;

/**
 * The worlds that are walked. The larger ones are walked within bounds, each of them so wide that
 * the walk ends in a few minutes: the first steps, or the first quanta of time, in every order;
 * then whole runs with a few surprises.
 */
final class WorldList {
  private static final int QUANTUM_MILLIS = 100;
  private static final int TIMERS_QUANTA = 9;

  private WorldList() {}

  static List<World> all() {
    World.Faults crash = World.Faults.crash(1, 1);
    World one =
        world("cft-1-1", World.crashing(1, 1), World.crashing(2, 1), 2, crash, network(true));
    return List.of(
        one,
        one.with("cft-1-1-window", parameters(1, 1, 1, 1, 2)),
        one.with("cft-1-1-timers", parameters(2, 1, 2, 4, 4))
            .walked(Span.quanta(5), Span.surprises(2).within(TIMERS_QUANTA)),
        world("cft-3-3", World.crashing(1, 3), World.crashing(2, 3), 2, crash, network(false))
            .walked(Span.firstEvents(8), Span.surprises(1)),
        world(
                "bft-4-1",
                World.byzantine(1, 4),
                World.byzantine(2, 1),
                1,
                World.Faults.liar(true),
                network(true))
            .walked(Span.quanta(3).lying(2), Span.surprises(3)),
        world(
                "bft-1-4",
                World.byzantine(1, 1),
                World.byzantine(2, 4),
                1,
                World.Faults.liar(false),
                network(true))
            .walked(Span.quanta(3).lying(2), Span.surprises(3)));
  }

  /** Two messages under way on each link, perhaps equal ones. */
  private static World.Network network(boolean isVerifierApart) {
    return new World.Network(2, 2, isVerifierApart);
  }

  private static World world(
      String name,
      StakeTable source,
      StakeTable destination,
      int bundles,
      World.Faults faults,
      World.Network network) {
    int slots = Math.max(source.size(), destination.size());
    return new World(
        name,
        source,
        destination,
        parameters(bundles, slots, 1, 1, 2),
        bundles,
        faults,
        network,
        List.of(Span.all(Manner.EVENTS)),
        QUANTUM_MILLIS);
  }

  /**
   * Every timer takes a few quanta. Acks and announcements go out once a quantum, later more
   * rarely. A loss shows when the time-out has passed without an ack and another ack says so a
   * quantum later. Where the longest time-out is the shortest, what was measured makes no states of
   * its own.
   *
   * @param window bundles in flight, and bits of a phi-list
   * @param slots of the schedule
   * @param firstTimeout quanta before anything was measured
   * @param longestTimeout quanta; the shortest is 1
   * @param heartbeat quanta
   */
  private static C3bParameters parameters(
      int window, int slots, int firstTimeout, int longestTimeout, int heartbeat) {
    return new C3bParameters(
        window,
        1 << 20,
        window,
        slots,
        QUANTUM_MILLIS / 2,
        firstTimeout * QUANTUM_MILLIS,
        QUANTUM_MILLIS,
        longestTimeout * QUANTUM_MILLIS,
        QUANTUM_MILLIS,
        heartbeat * QUANTUM_MILLIS,
        window);
  }
}
