package dev.mallard.testnet.sim.story;

import dev.mallard.testnet.sim.SimPlan;
import dev.mallard.testnet.sim.Story;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What replicas and chains reach: certified, held, quacked, executed; and the chains' blocks. */
final class MarkLayer {
  private static final double BLOCK_WIDTH = 7;
  private static final double EMPTY_BLOCK_WIDTH = 1.2;
  private static final double KEPT_WIDTH = 6;
  private static final double TICK_WIDTH = 3;
  private static final double LABEL_CHARACTER = 5.4;

  private final SimPlan plan;
  private final Window window;
  private final Scale scale;
  private final Svg svg;
  private final Map<Integer, Double> labelledTo = new HashMap<>();
  private final Map<Integer, Double> keptTo = new HashMap<>();
  private final Map<Integer, Double> tickedTo = new HashMap<>();

  MarkLayer(SimPlan plan, Window window, Scale scale, Svg svg) {
    this.plan = plan;
    this.window = window;
    this.scale = scale;
    this.svg = svg;
  }

  void draw(List<Story.Event> events) {
    for (Story.Event event : events) {
      if (window.contains(event.at())) {
        draw(event);
      }
    }
  }

  private void draw(Story.Event event) {
    if (event.isMessage()) {
      kept(event);
      return;
    }
    switch (event.kind()) {
      case CERTIFIED -> mark(event, "certified", "class=\"" + stream(event, false) + "\"");
      case HELD -> mark(event, "held", "class=\"f" + stream(event, true) + "\"");
      case QUACKED -> mark(event, "quack", "class=\"f" + stream(event, false) + "\"");
      case DELIVERED -> executed(event);
      case REFUSED -> refused(event);
      case BLOCK -> block(event);
      case REORG -> reorg(event);
      default -> {}
    }
  }

  private String stream(Story.Event event, boolean isIncoming) {
    int side = plan.sideOf(event.node());
    return Look.stream(isIncoming ? 1 - side : side);
  }

  private void mark(Story.Event event, String symbol, String attributes) {
    svg.use(symbol, scale.x(event.at()), scale.y(event.node()), attributes);
  }

  /** What a liar does not send, or says otherwise, but for bundles: those are arrows. */
  private void kept(Story.Event event) {
    boolean isBundle = event.kind() == Story.Kind.CROSSING || event.kind() == Story.Kind.LOCAL_COPY;
    boolean isShown = event.lie() == Story.Lie.WITHHELD || event.lie() == Story.Lie.CHANGED;
    if (!isShown || (isBundle && event.lie() == Story.Lie.CHANGED)) {
      return;
    }
    double x = scale.x(event.at());
    Map<Integer, Double> last = isBundle ? keptTo : tickedTo;
    if (x >= last.getOrDefault(event.node(), 0.0)) {
      svg.use(isBundle ? "kept" : "tick", x, scale.y(event.node()), "");
      last.put(event.node(), x + (isBundle ? KEPT_WIDTH : TICK_WIDTH));
    }
  }

  private void executed(Story.Event event) {
    int side = plan.sideOf(event.node());
    double x = scale.x(event.at());
    double y = scale.chainY(side);
    String stream = stream(event, true);
    svg.line(x, scale.y(event.node()), x, y, "class=\"submit " + stream + "\"");
    svg.use("executed", x, y + (side == 0 ? -11 : 12), "class=\"f" + stream + "\"");
    label(side, x + 7, y, stream, "≤" + event.sequence());
  }

  private void refused(Story.Event event) {
    int side = plan.sideOf(event.node());
    double x = scale.x(event.at());
    svg.open("", "refused: " + event.text());
    svg.line(x, scale.y(event.node()), x, scale.chainY(side), "class=\"submit bad\"");
    svg.use("refused", x, scale.chainY(side), "");
    svg.close();
  }

  private void block(Story.Event event) {
    int side = event.node() == Story.chain(0) ? 0 : 1;
    double x = scale.x(event.at());
    double y = scale.chainY(side);
    if (event.text().isEmpty()) {
      svg.rect(x, y - 5, EMPTY_BLOCK_WIDTH, 10, "fill=\"#cbd5e1\"");
      return;
    }
    String[] parts = event.text().split(" ", 3);
    String numbers = parts[0].equals(parts[1]) ? parts[0] : parts[0] + "-" + parts[1];
    String stream = Look.stream(side);
    svg.open("", "block " + event.sequence() + ": bundle " + numbers);
    String look = "rx=\"1.5\" class=\"f" + stream + "\"";
    svg.rect(x - BLOCK_WIDTH / 2, y - 8, BLOCK_WIDTH, 16, look);
    svg.close();
    label(side, x + 6, y, stream, numbers);
  }

  private void label(int side, double x, double y, String stream, String text) {
    Double taken = labelledTo.get(side);
    if (taken == null || x >= taken) {
      double row = side == 0 ? y + 14 : y - 9;
      svg.topText(x - 2, row, "class=\"num f" + stream + "\"", text);
      labelledTo.put(side, x + LABEL_CHARACTER * text.length() + 3);
    }
  }

  private void reorg(Story.Event event) {
    int side = event.node() == Story.chain(0) ? 0 : 1;
    double x = scale.x(event.at());
    double y = scale.chainY(side);
    svg.open("", event.sequence() + " blocks are replaced");
    svg.path(
        String.format(Locale.ROOT, "M%.1f %.1fq-6 -6 -12 0m0 -5v5h5", x, y - 9), "class=\"bad\"");
    svg.close();
  }
}
