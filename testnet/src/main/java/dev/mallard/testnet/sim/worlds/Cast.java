package dev.mallard.testnet.sim.worlds;

import dev.mallard.c3b.ack.LastCrossing;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.c3b.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who plays in one walk of a world: the machines of all correct replicas, and what the liar may say
 * if there is one.
 *
 * <p>The liar has no state. It knows everything, hears everything and owes nothing; to withhold
 * broadcasts, acks and turns is what it does by doing nothing. Its acts reach their victim at once:
 * a later arrival is a later act.
 */
final class Cast {
  /** Nobody lies. */
  static final int NOBODY = -1;

  private final World world;
  private final Span span;
  private final Post post;
  private final int liar;
  private final @Nullable LocalMachine[] machines;
  private final List<Letter> lies;

  /**
   * @param span what is walked
   * @param liar the replica that lies, or {@link #NOBODY}
   * @param isKeepingMerges for {@link LocalMachine#checkMerges}
   */
  Cast(World world, Span span, Ports ports, int liar, boolean isKeepingMerges) {
    this.world = world;
    this.span = span;
    this.liar = liar;
    this.post = new Post(world.replicas());
    this.machines = new @Nullable LocalMachine[world.replicas()];
    WorldStream stream = new WorldStream(world.bundles());
    Turns turns = new Turns(world);
    Schedule schedule = new KnownSchedule(world, ports.source(world.source()), world.destination());
    for (int i = 0; i < world.replicas(); i++) {
      int replica = i;
      if (i != liar) {
        machines[i] =
            new LocalMachine(
                post,
                i,
                () ->
                    world.isSource(replica)
                        ? new SourceActor(world, stream, ports, schedule, turns, replica, liar)
                        : new DestinationActor(world, stream, ports, replica),
                isKeepingMerges);
      }
    }
    this.lies = liar == NOBODY ? List.of() : newLies();
  }

  private List<Letter> newLies() {
    List<Letter> letters = new ArrayList<>();
    List<Saying> toSources = new ArrayList<>();
    List<Saying> toDestinations = new ArrayList<>();
    if (world.isSource(liar)) {
      toDestinations.add(new Saying.Announcement(World.NONSENSE, World.NONSENSE));
      toDestinations.add(new Saying.Announcement(world.bundles(), world.bundles()));
    } else {
      toSources.add(new Saying.Ack(World.NONSENSE, PhiList.EMPTY, LastCrossing.NONE));
      toSources.add(new Saying.Ack(world.bundles(), PhiList.EMPTY, LastCrossing.NONE));
      toSources.add(new Saying.Ack(0, PhiList.of(new long[1], world.bundles()), LastCrossing.NONE));
    }
    for (long k = 1; k <= world.bundles(); k++) {
      for (Saying.Copy copy : Saying.Copy.values()) {
        toDestinations.add(
            world.isSource(liar)
                ? new Saying.Crossing(k, copy, world.bundles(), 0)
                : new Saying.LocalCopy(k, copy));
      }
    }
    for (int to = 0; to < world.replicas(); to++) {
      if (to != liar) {
        for (Saying saying : world.isSource(to) ? toSources : toDestinations) {
          letters.add(post.letter(new Message(liar, to, saying)));
        }
      }
    }
    return letters;
  }

  World world() {
    return world;
  }

  Span span() {
    return span;
  }

  Post post() {
    return post;
  }

  int liar() {
    return liar;
  }

  boolean isCorrect(int replica) {
    return replica != liar;
  }

  /** The liar's acts. */
  List<Letter> lies() {
    return lies;
  }

  /** The machine of a correct replica. */
  LocalMachine machine(int replica) {
    LocalMachine machine = machines[replica];
    if (machine == null) {
      throw new IllegalArgumentException(world.nameOf(replica) + " lies: it has no machine");
    }
    return machine;
  }

  /** States of single replicas that were met. */
  long localStates() {
    long sum = 0;
    for (LocalMachine machine : machines) {
      sum += machine == null ? 0 : machine.size();
    }
    return sum;
  }

  /** {@link LocalMachine#checkMerges} of all. */
  long checkMerges() {
    long sum = 0;
    for (LocalMachine machine : machines) {
      sum += machine == null ? 0 : machine.checkMerges();
    }
    return sum;
  }
}
