package dev.mallard.testnet.sim.story;

import dev.mallard.testnet.sim.PlanText;
import dev.mallard.testnet.sim.SimPlan;
import dev.mallard.testnet.sim.Simulation;
import dev.mallard.testnet.sim.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The story of a traced run as a timeline to read. */
public final class StoryText {
  private static final String LEGEND =
      """
      Times are seconds since the run began. a0, a1 … and b0, b1 … are replicas, ! marks liars; a-b 3 is bundle 3 from a to b.
      Lines "in n s" count what is frequent in the n seconds before them.
      """;

  private static final int WHO_WIDTH = 20;

  private StoryText() {}

  /** How much is told. */
  public enum Detail {
    /** Each bundle's way, faults, and counts of the rest. */
    FOLDED,
    /** Every event. */
    ALL
  }

  /** Tells a run. */
  public static String of(Simulation.Result result, Detail detail) {
    StringBuilder text = new StringBuilder(head(result)).append(LEGEND).append('\n');
    for (Line line : lines(result, detail)) {
      String format = "%10s  %-" + WHO_WIDTH + "s  %s%n";
      text.append(
          String.format(Locale.ROOT, format, Clock.of(line.at()), line.who(), line.what())
              .replace(System.lineSeparator(), "\n"));
    }
    return text.append("\nThe plan\n")
        .append(PlanText.of(result.plan()).indent(2))
        .append('\n')
        .append(Verdict.of(result))
        .toString();
  }

  private static String head(Simulation.Result result) {
    SimPlan plan = result.plan();
    return String.format(
        Locale.ROOT,
        "Seed %d: %d replicas on side a, %d on side b; %d bundles, %d events, %s s%n",
        plan.seed(),
        plan.sides().get(0).table().size(),
        plan.sides().get(1).table().size(),
        result.bundles(),
        result.events(),
        Clock.of(result.endMillis()));
  }

  private static List<Line> lines(Simulation.Result result, Detail detail) {
    List<Story.Event> events = result.story().events();
    return switch (detail) {
      case FOLDED -> new Folded(result.plan(), result.endMillis()).lines(events);
      case ALL -> all(result.plan(), events);
    };
  }

  private static List<Line> all(SimPlan plan, List<Story.Event> events) {
    Names names = new Names(plan);
    List<Line> lines = new ArrayList<>();
    for (Story.Event event : events) {
      String who = names.of(event.node());
      lines.add(
          new Line(
              event.at(),
              lines.size(),
              event.isMessage() ? who + " -> " + names.of(event.to()) : who,
              Sentences.of(plan, event)));
    }
    return lines;
  }
}
