package dev.mallard.testnet.sim.worlds;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.stake.StakeTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The worlds that are walked, by name. */
public final class SmallWorlds {
  private static final long QUANTUM_MILLIS = 100;
  private static final int BREADTH_SHARE = 4;

  private SmallWorlds() {}

  /** All of them. */
  public static List<String> names() {
    return List.copyOf(all().keySet());
  }

  /**
   * A world by its name.
   *
   * @throws IllegalArgumentException if there is no such world; the message names those there are
   */
  public static World named(String name) {
    World world = all().get(name);
    if (world == null) {
      throw new IllegalArgumentException(
          "there is no small world \"" + name + "\"; there are " + String.join(", ", names()));
    }
    return world;
  }

  /** Walks a world by its name. */
  public static WorldReport explore(String name, Limits limits, Progress progress) {
    return explore(named(name), new Ports() {}, limits, progress);
  }

  /**
   * Walks a world whose replicas are handed these ports. A quarter of the time goes to all orders
   * of events; if that does not come to an end, the rest goes to surprises.
   */
  public static WorldReport explore(World world, Ports ports, Limits limits, Progress progress) {
    Limits first = limits.within(limits.duration().dividedBy(BREADTH_SHARE));
    WorldReport report = explore(world, ports, Manner.EVENTS, first, progress);
    if (report.isWhole() || !report.isClean()) {
      return report;
    }
    Limits rest = limits.within(limits.duration().minus(first.duration()));
    return report.and(explore(world, ports, Manner.SURPRISES, rest, progress));
  }

  /** Walks a world in one manner, with the liar in each place. */
  static WorldReport explore(
      World world, Ports ports, Manner manner, Limits limits, Progress progress) {
    long endsAt = System.nanoTime() + limits.duration().toNanos();
    List<Integer> liars = liars(world);
    List<Walk> walks = new ArrayList<>();
    for (int i = 0; i < liars.size() && walks.stream().allMatch(w -> w.story().isEmpty()); i++) {
      long left = Math.max(1, endsAt - System.nanoTime()) / (liars.size() - i);
      int liar = liars.get(i);
      Cast cast = new Cast(world, ports, liar, false);
      String place = liar == Cast.NOBODY ? "no liar" : "liar " + world.nameOf(liar);
      Limits share = limits.within(Duration.ofNanos(left));
      walks.add(new Exploration(cast, place, manner, share, progress).run());
    }
    return new WorldReport(world.name(), world.describe(), walks);
  }

  /** Every place that a liar may have. */
  private static List<Integer> liars(World world) {
    if (!world.faults().hasLiar()) {
      return List.of(Cast.NOBODY);
    }
    List<Integer> liars = new ArrayList<>();
    for (int i = 0; i < world.replicas(); i++) {
      if (world.isSource(i) == world.faults().isLiarAtSource()) {
        liars.add(i);
      }
    }
    return liars;
  }

  private static Map<String, World> all() {
    Map<String, World> worlds = new LinkedHashMap<>();
    World.Faults crash = World.Faults.crash(1, 1);
    add(worlds, "cft-1-1", World.crashing(1, 1), World.crashing(2, 1), 2, crash,
        new World.Bounds(0, 0, 2, 2, true));
    add(worlds, "cft-3-3", World.crashing(1, 3), World.crashing(2, 3), 2, crash,
        new World.Bounds(0, 0, 2, 2, false));
    add(worlds, "bft-4-1", World.byzantine(1, 4), World.byzantine(2, 1), 1,
        World.Faults.liar(true), new World.Bounds(0, 0, 2, 2, true));
    add(worlds, "bft-1-4", World.byzantine(1, 1), World.byzantine(2, 4), 1,
        World.Faults.liar(false), new World.Bounds(0, 0, 2, 2, true));
    return worlds;
  }

  private static void add(
      Map<String, World> worlds,
      String name,
      StakeTable source,
      StakeTable destination,
      int bundles,
      World.Faults faults,
      World.Bounds bounds) {
    int slots = Math.max(source.size(), destination.size());
    worlds.put(
        name,
        new World(
            name,
            source,
            destination,
            parameters(bundles, slots),
            bundles,
            faults,
            bounds,
            QUANTUM_MILLIS));
  }

  /**
   * Every timer takes one or two quanta: a loss shows when a quantum has passed without an ack and
   * another ack says so a quantum later; acks and announcements go out once a quantum, later every
   * second one. Time-outs are pinned, so that what was measured makes no states of its own.
   */
  private static C3bParameters parameters(int bundles, int slots) {
    int quantum = (int) QUANTUM_MILLIS;
    return new C3bParameters(
        bundles,
        1 << 20,
        bundles,
        slots,
        quantum / 2,
        quantum,
        quantum,
        quantum,
        quantum,
        2 * quantum,
        bundles);
  }
}
