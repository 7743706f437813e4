package dev.mallard.testnet.sim.story;

import dev.mallard.testnet.sim.SimPlan;
import dev.mallard.testnet.sim.Story;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Bundles on their way, across and to local peers. */
final class ArrowLayer {
  private static final double CROSS_AT = 0.82;
  private static final double HEAD = 5;
  private static final double NUMBER_WIDTH = 15;

  private record Ended(Story.Kind kind, int from, int to, long sequence, long at) {}

  private final SimPlan plan;
  private final Names names;
  private final Window window;
  private final Scale scale;
  private final Svg svg;
  private final Map<String, Integer> rounds = new HashMap<>();
  private final Set<Ended> ended = new HashSet<>();
  private final Map<Integer, Double> numberedTo = new HashMap<>();

  ArrowLayer(SimPlan plan, Window window, Scale scale, Svg svg) {
    this.plan = plan;
    this.names = new Names(plan);
    this.window = window;
    this.scale = scale;
    this.svg = svg;
  }

  void draw(List<Story.Event> events) {
    for (Story.Event event : events) {
      if (event.fate() == Story.Fate.ENDED) {
        ended.add(ended(event, event.at()));
      }
    }
    events.stream().filter(e -> e.kind() == Story.Kind.LOCAL_COPY).forEach(this::drawCopy);
    events.stream().filter(e -> e.kind() == Story.Kind.CROSSING).forEach(this::drawCrossing);
  }

  private static Ended ended(Story.Event event, long at) {
    return new Ended(event.kind(), event.node(), event.to(), event.sequence(), at);
  }

  private boolean isDrawn(Story.Event event) {
    return event.fate() != Story.Fate.WITHHELD
        && event.fate() != Story.Fate.ENDED
        && window.contains(event.at())
        && event.node() != event.to();
  }

  private boolean isLost(Story.Event event) {
    return switch (event.fate()) {
      case LOST, CUT, DOWN -> true;
      default -> ended.contains(ended(event, event.until()));
    };
  }

  private void drawCopy(Story.Event event) {
    if (!isDrawn(event)) {
      return;
    }
    int stream = 1 - plan.sideOf(event.node());
    String look = event.lie() == Story.Lie.NONE ? "copy " + Look.stream(stream) : "lie";
    double end = end(event);
    double x1 = scale.x(event.at());
    double y1 = scale.y(event.node());
    double x2 = at(x1, scale.x(event.until()), end);
    double y2 = at(y1, scale.y(event.to()), end);
    svg.line(x1, y1, x2, y2, "class=\"" + look + "\"");
    if (end < 1 && event.lie() == Story.Lie.NONE) {
      svg.use("faint", x2, y2, "");
    }
  }

  private double end(Story.Event event) {
    return isLost(event) ? CROSS_AT : 1;
  }

  private static double at(double from, double to, double part) {
    return from + (to - from) * part;
  }

  private void drawCrossing(Story.Event event) {
    if (event.fate() == Story.Fate.ENDED || event.fate() == Story.Fate.WITHHELD) {
      return;
    }
    int side = plan.sideOf(event.node());
    boolean isLie = event.lie() != Story.Lie.NONE;
    int round = isLie ? 0 : rounds.merge(side + "/" + event.sequence(), 1, Integer::sum);
    if (event.fate() == Story.Fate.DUPLICATE && !isLie) {
      rounds.merge(side + "/" + event.sequence(), -1, Integer::sum);
      round--;
    }
    if (!isDrawn(event)) {
      return;
    }
    String look = isLie ? "lie" : round > 1 ? "again" : "first " + Look.stream(side);
    svg.open("", title(event, isLie, round));
    arrow(
        event, look, isLie ? "#be185d" : round > 1 ? "#dc2626" : side == 0 ? "#2563eb" : "#059669");
    svg.close();
    if (!isLie && event.fate() != Story.Fate.DUPLICATE) {
      number(event, side, round);
    }
  }

  private String title(Story.Event event, boolean isLie, int round) {
    String who = names.of(event.node()) + " to " + names.of(event.to());
    String what = isLie ? Words.of(event.lie()) : round > 1 ? "round " + round : "first crossing";
    return "bundle "
        + Names.stream(plan.sideOf(event.node()))
        + " "
        + Names.number(event.sequence())
        + ", "
        + who
        + ", "
        + what
        + ", sent "
        + Clock.of(event.at())
        + (isLost(event) ? ", lost" : ", arrives " + Clock.of(event.until()));
  }

  private void arrow(Story.Event event, String look, String colour) {
    double end = end(event);
    double x1 = scale.x(event.at());
    double y1 = scale.y(event.node());
    double x2 = at(x1, scale.x(event.until()), end);
    double y2 = at(y1, scale.y(event.to()), end);
    svg.line(x1, y1, x2, y2, "class=\"" + look + "\"");
    if (end < 1) {
      svg.use("lost", x2, y2, "");
      return;
    }
    double length = Math.hypot(x2 - x1, y2 - y1);
    double dx = (x2 - x1) / length * HEAD;
    double dy = (y2 - y1) / length * HEAD;
    String head =
        "M"
            + point(x2, y2)
            + "L"
            + point(x2 - dx - dy / 2, y2 - dy + dx / 2)
            + "L"
            + point(x2 - dx + dy / 2, y2 - dy - dx / 2)
            + "Z";
    svg.path(head, "fill=\"" + colour + "\"");
  }

  private static String point(double x, double y) {
    return Svg.number(x) + " " + Svg.number(y);
  }

  /** The bundle's number where it starts, if there is room. */
  private void number(Story.Event event, int side, int round) {
    double x = scale.x(event.at());
    Double taken = numberedTo.get(event.node());
    if (taken != null && x < taken) {
      return;
    }
    numberedTo.put(event.node(), x + NUMBER_WIDTH);
    double y = scale.y(event.node()) + (side == 0 ? -6 : 13);
    String colour = round > 1 ? "style=\"fill:#dc2626\"" : "";
    String classes = "class=\"num " + (round > 1 ? "" : "f" + Look.stream(side)) + "\"";
    svg.topText(
        x, y, classes + " text-anchor=\"middle\" " + colour, Names.number(event.sequence()));
  }
}
