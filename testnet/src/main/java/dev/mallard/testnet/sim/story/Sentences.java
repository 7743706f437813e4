package dev.mallard.testnet.sim.story;

import dev.mallard.testnet.sim.SimPlan;
import dev.mallard.testnet.sim.Story;
import java.util.List;

/** One event in words. */
final class Sentences {
  private Sentences() {}

  static String of(SimPlan plan, Story.Event event) {
    if (event.isMessage()) {
      return message(plan, event);
    }
    return switch (event.kind()) {
      case BLOCK -> block(event);
      case HELD -> numbered(plan, event) + " held";
      case CERTIFIED -> numbered(plan, event) + " certificate on disk";
      case QUACKED -> "quack: " + stream(plan, event) + " up to " + event.sequence();
      case DELIVERED ->
          "its delivery is executed: " + incoming(plan, event) + " up to " + event.sequence();
      case REFUSED ->
          "its delivery is refused: "
              + incoming(plan, event)
              + " up to "
              + event.sequence()
              + ", "
              + event.text();
      case REORG -> "replaces its last " + event.sequence() + " blocks";
      case STARTS -> "starts";
      case KILLED -> "is killed";
      case FAULT -> "*** " + event.text();
      default -> event.text();
    };
  }

  private static String stream(SimPlan plan, Story.Event event) {
    return new Names(plan).streamOf(event.kind(), event.node());
  }

  private static String incoming(SimPlan plan, Story.Event event) {
    return Names.stream(1 - plan.sideOf(event.node()));
  }

  private static String numbered(SimPlan plan, Story.Event event) {
    return "bundle " + stream(plan, event) + " " + Names.number(event.sequence());
  }

  private static String block(Story.Event event) {
    String text = "block " + event.sequence() + " is final";
    if (event.text().isEmpty()) {
      return text;
    }
    List<String> parts = List.of(event.text().split(" ", -1));
    String stream = Names.stream(event.node() == Story.chain(0) ? 0 : 1);
    String numbers =
        parts.get(0).equals(parts.get(1)) ? parts.get(0) : parts.get(0) + "-" + parts.get(1);
    String entries = parts.get(2).equals("1") ? " entry" : " entries";
    return text + ": bundle " + stream + " " + numbers + ", " + parts.get(2) + entries;
  }

  private static String message(SimPlan plan, Story.Event event) {
    String lie =
        switch (event.lie()) {
          case NONE -> "";
          case CHANGED -> event.text().isEmpty() ? " (changed)" : " (" + event.text() + ")";
          case UNASKED -> " (unasked)";
          case WITHHELD -> "";
        };
    String fate =
        event.fate() == Story.Fate.ARRIVES
            ? ", arrives at " + Clock.of(event.until())
            : ": " + Words.of(event.fate());
    return Words.one(event.kind())
        + " "
        + stream(plan, event)
        + " "
        + Names.number(event.sequence())
        + lie
        + fate;
  }
}
