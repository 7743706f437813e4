package dev.mallard.testnet.sim.worlds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The worlds that are walked, by name. */
public final class SmallWorlds {
  /** A walk may take so many times its even share of the time that is left. */
  private static final int SHARES = 4;

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
   * Walks a world whose replicas are handed these ports: each of its spans, with the liar in each
   * place. Should the time not be enough, no walk takes what is left to those after it.
   */
  public static WorldReport explore(World world, Ports ports, Limits limits, Progress progress) {
    long endsAt = System.nanoTime() + limits.duration().toNanos();
    List<Walk> walks = new ArrayList<>();
    int left = world.spans().size() * liars(world).size();
    for (Span span : world.spans()) {
      for (int liar : liars(world)) {
        if (walks.stream().anyMatch(walk -> walk.story().isPresent())) {
          break;
        }
        Cast cast = new Cast(world, span, ports, liar, false);
        String place = liar == Cast.NOBODY ? "no liar" : "liar " + world.nameOf(liar);
        long share = Math.max(1, endsAt - System.nanoTime()) * SHARES / (left + SHARES - 1);
        Limits limited = limits.within(Duration.ofNanos(share));
        walks.add(new Exploration(cast, place, limited, progress).run());
        left--;
      }
    }
    return new WorldReport(world.name(), world.describe() + "; " + symmetry(world, ports), walks);
  }

  /** Which replicas, and so which states, could be taken for each other ({@link Symmetry}). */
  private static String symmetry(World world, Ports ports) {
    List<Cast> casts =
        liars(world).stream()
            .map(liar -> new Cast(world, Span.all(Manner.EVENTS), ports, liar, false))
            .toList();
    long interchangeable =
        casts.stream()
            .mapToLong(here -> casts.stream().mapToInt(t -> Symmetry.count(here, t)).sum())
            .sum();
    return interchangeable == casts.size()
        ? "no two replicas are interchangeable (group of order 1)"
        : "replicas may be interchangeable (" + interchangeable + " ways); none are merged";
  }

  /** Walks a world in one manner without a bound of its own. */
  static WorldReport explore(
      World world, Ports ports, Manner manner, Limits limits, Progress progress) {
    return explore(world.walked(Span.all(manner)), ports, limits, progress);
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
