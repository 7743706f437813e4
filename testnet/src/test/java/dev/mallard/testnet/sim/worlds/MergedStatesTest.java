package dev.mallard.testnet.sim.worlds;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.c3b.StateSink;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether states that share a description behave alike, whichever way led to them. */
final class MergedStatesTest {
  /** Time is bounded: what is measured may make ever new states. */
  private static final Span SURPRISES = new Span(Manner.SURPRISES, 1, 9, Span.ANY);

  @ParameterizedTest
  @CsvSource({
    "cft-1-1,-1,10",
    "cft-1-1-window,-1,10",
    "cft-1-1-timers,-1,12",
    "bft-4-1,1,5",
    "bft-1-4,2,5"
  })
  void statesWithOneDescriptionBehaveAlike(String name, int liar, int events) {
    World world = SmallWorlds.named(name);
    for (Span span : List.of(Span.firstEvents(events), SURPRISES)) {
      Cast cast = new Cast(world, span, new Ports() {}, liar, true);
      walk(cast);
      assertTrue(cast.checkMerges() > 500, () -> "hardly anything was compared: " + span);
    }
  }

  @Test
  void aDescriptionThatLeavesSomethingOutIsFoundOut() {
    World world = SmallWorlds.named("cft-1-1");
    Post post = new Post(world.replicas());
    int destination = world.destinationAt(0);
    LocalMachine machine =
        new LocalMachine(post, destination, () -> new Forgetful(world, destination), true);
    LocalStep synced = machine.step(machine.initial(), Post.SYNC);
    machine.step(synced.next(), Post.TICK);
    assertThrows(IllegalStateException.class, machine::checkMerges);
  }

  /** Sends something with its second tick only, and does not tell that it has ticked. */
  private static final class Forgetful implements Actor {
    private final Message message;
    private int ticks;

    Forgetful(World world, int destination) {
      this.message = new Message(destination, world.sourceAt(0), new Saying.Fetch(1, 1));
    }

    @Override
    public void take(Happening happening, Witness witness) {
      ticks += happening instanceof Happening.Ticks ? 1 : 0;
      if (ticks == 2) {
        witness.onSent(message);
      }
    }

    @Override
    public Outlook outlook() {
      return Outlook.ofDestination(true, false, false, 0, 0, 0, false);
    }

    @Override
    public void describeState(StateSink sink) {}
  }

  private static void walk(Cast cast) {
    Limits limits = new Limits(Duration.ofMinutes(2), 5_000_000, Span.ANY, 1);
    Walk walk = new Exploration(cast, "", limits, (place, m, d, states, next) -> {}).run();
    assertTrue(walk.isWhole(), walk::toString);
  }
}
