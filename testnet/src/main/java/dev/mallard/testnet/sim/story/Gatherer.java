package dev.mallard.testnet.sim.story;

import dev.mallard.testnet.sim.SimPlan;
import dev.mallard.testnet.sim.Story;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Several replicas reach the same a little apart, and one replica several bundles at once: one line
 * says both. Takes {@code HELD}, {@code CERTIFIED}, {@code QUACKED}, {@code STARTS}.
 */
final class Gatherer {
  private static final long TOGETHER_MILLIS = 1_000;

  private record At(Story.Kind kind, int node, long at) {}

  private record Same(Story.Kind kind, int side, String numbers) {}

  private record Reached(int node, long at) {}

  private final SimPlan plan;
  private final Names names;
  private final Map<At, TreeSet<Long>> steps = new LinkedHashMap<>();

  Gatherer(SimPlan plan, Names names) {
    this.plan = plan;
    this.names = names;
  }

  void on(Story.Event event) {
    steps
        .computeIfAbsent(new At(event.kind(), event.node(), event.at()), ignored -> new TreeSet<>())
        .add(event.sequence());
  }

  List<Line> lines(long firstOrder) {
    Map<Same, List<Reached>> open = new LinkedHashMap<>();
    List<Line> lines = new ArrayList<>();
    steps.forEach((at, numbers) -> {
      Same same = new Same(at.kind(), plan.sideOf(at.node()), text(at.kind(), numbers));
      List<Reached> group = open.computeIfAbsent(same, ignored -> new ArrayList<>());
      if (!group.isEmpty() && at.at() - group.getFirst().at() > TOGETHER_MILLIS) {
        lines.add(line(same, group, firstOrder + lines.size()));
        group.clear();
      }
      group.add(new Reached(at.node(), at.at()));
    });
    open.forEach((same, group) -> lines.add(line(same, group, firstOrder + lines.size())));
    lines.sort(Comparator.naturalOrder());
    return lines;
  }

  private static String text(Story.Kind kind, SortedSet<Long> numbers) {
    return switch (kind) {
      case STARTS -> "";
      case QUACKED -> Names.number(numbers.last());
      default -> Names.ranges(numbers);
    };
  }

  private Line line(Same same, List<Reached> group, long order) {
    Map<Integer, Long> nodes = new TreeMap<>();
    group.forEach(reached -> nodes.putIfAbsent(reached.node(), reached.at()));
    long first = group.getFirst().at();
    long span = group.getLast().at() - first;
    String within =
        nodes.size() < 2 || span == 0 ? "" : String.format(Locale.ROOT, " (within %d ms)", span);
    String what =
        switch (same.kind()) {
          case HELD -> "bundle " + Names.stream(1 - same.side()) + " " + same.numbers() + " held";
          case CERTIFIED ->
              "bundle " + Names.stream(same.side()) + " " + same.numbers() + " certificate on disk";
          case QUACKED -> "quack: " + Names.stream(same.side()) + " up to " + same.numbers();
          default -> "starts";
        };
    return new Line(first, order, names.of(nodes.keySet()), what + within);
  }
}
