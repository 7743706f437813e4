package dev.mallard.testnet.sim.worlds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The worlds that are walked, by name. */
public final class SmallWorlds {
  private static final int BREADTH_SHARE = 2;

  private SmallWorlds() {}

  /** All of them. */
  public static List<String> names() {
    return WorldList.all().stream().map(World::name).toList();
  }

  /**
   * A world by its name.
   *
   * @throws IllegalArgumentException if there is no such world; the message names those there are
   */
  public static World named(String name) {
    return WorldList.all().stream()
        .filter(world -> world.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no small world \""
                    + name
                    + "\"; there are "
                    + String.join(", ", names())));
  }

  /** Walks a world by its name. */
  public static WorldReport explore(String name, Limits limits, Progress progress) {
    return explore(named(name), new Ports() {}, limits, progress);
  }

  /**
   * Walks a world whose replicas are handed these ports. Half of the time goes to all orders of
   * events; if that does not come to an end, the rest goes to surprises.
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
}
