package dev.mallard.testnet.sim.story;

import dev.mallard.testnet.sim.SimPlan;
import dev.mallard.testnet.sim.Story;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;

/** Bundles that cross, each as a line: whose, to whom, in which round, and what became of it. */
final class Crossings {
  private record Sending(long at, int from, int to, long sequence) {}

  private record Same(
      long at, int from, int to, int round, Story.Fate fate, boolean isDuplicated) {}

  private record Bundle(int side, long sequence) {}

  private static final class Told {
    int round;
    int copies;
    Story.Fate fate = Story.Fate.ARRIVES;
    long until;
  }

  private final SimPlan plan;
  private final Names names;
  private final Map<Bundle, Integer> rounds = new HashMap<>();
  private final Map<Sending, Told> sendings = new LinkedHashMap<>();
  private final List<Story.Event> ended = new ArrayList<>();

  Crossings(SimPlan plan, Names names) {
    this.plan = plan;
    this.names = names;
  }

  /** A crossing as the protocol has it; lies are told elsewhere. */
  void on(Story.Event event) {
    if (event.fate() == Story.Fate.ENDED) {
      ended.add(event);
      return;
    }
    Sending key = new Sending(event.at(), event.node(), event.to(), event.sequence());
    Told told = sendings.computeIfAbsent(key, ignored -> new Told());
    told.copies++;
    if (event.fate() != Story.Fate.DUPLICATE) {
      told.round = rounds.merge(bundle(event), 1, Integer::sum);
      told.fate = event.fate();
      told.until = event.until();
    }
  }

  private Bundle bundle(Story.Event event) {
    return new Bundle(plan.sideOf(event.node()), event.sequence());
  }

  /** How often bundles were sent across again. */
  int resends() {
    return rounds.values().stream().mapToInt(sends -> sends - 1).sum();
  }

  List<Line> lines(long firstOrder) {
    Map<Same, List<Sending>> together = new LinkedHashMap<>();
    sendings.forEach((sending, told) -> {
      Same same =
          new Same(
              sending.at(), sending.from(), sending.to(), told.round, told.fate, told.copies > 1);
      together.computeIfAbsent(same, ignored -> new ArrayList<>()).add(sending);
    });
    List<Line> lines = new ArrayList<>();
    together.forEach((same, bundles) ->
        lines.add(
            new Line(
                same.at(),
                firstOrder + lines.size(),
                names.of(same.from()) + " -> " + names.of(same.to()),
                text(same, bundles))));
    for (Story.Event event : ended) {
      String who = names.of(event.node()) + " -> " + names.of(event.to());
      String what = stream(event.node()) + event.sequence() + " " + Words.of(event.fate());
      lines.add(new Line(event.at(), firstOrder + lines.size(), who, what));
    }
    return lines;
  }

  private String stream(int from) {
    return "bundle " + Names.stream(plan.sideOf(from)) + " ";
  }

  private String text(Same same, List<Sending> bundles) {
    LongSummaryStatistics delays =
        bundles.stream()
            .mapToLong(sending -> Objects.requireNonNull(sendings.get(sending)).until - same.at())
            .summaryStatistics();
    String numbers = Names.ranges(bundles.stream().map(Sending::sequence).toList());
    String round = same.round() == 1 ? " crosses" : " resent, round " + same.round();
    String end =
        same.fate() == Story.Fate.ARRIVES
            ? ", " + span(delays.getMin(), delays.getMax()) + " ms"
            : ": " + Words.of(same.fate()).toUpperCase(Locale.ROOT);
    String copies = same.isDuplicated() ? ", duplicated" : "";
    return stream(same.from()) + numbers + round + end + copies;
  }

  private static String span(long min, long max) {
    return min == max ? Long.toString(min) : min + " to " + max;
  }
}
