package dev.mallard.testnet.sim.story;

import dev.mallard.testnet.sim.Fault;
import dev.mallard.testnet.sim.SimPlan;
import dev.mallard.testnet.sim.Simulation;
import dev.mallard.testnet.sim.Story;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** What is wrong on which lane, and for how long, as shades under the arrows. */
final class FaultLayer {
  private static final long BEGINNING_MILLIS = 100;
  private static final double NAMED_WIDTH_MIN = 34;

  private final Simulation.Result result;
  private final SimPlan plan;
  private final Window window;
  private final Scale scale;
  private final Svg svg;

  FaultLayer(Simulation.Result result, Window window, Scale scale, Svg svg) {
    this.result = result;
    this.plan = result.plan();
    this.window = window;
    this.scale = scale;
    this.svg = svg;
  }

  void draw() {
    for (Fault fault : plan.faults()) {
      long to = Math.min(Math.min(fault.to(), plan.healAtMillis()), result.endMillis());
      if (window.overlaps(fault.from(), to)) {
        draw(fault, fault.from(), to);
      }
    }
    drawDown();
  }

  private void draw(Fault fault, long from, long to) {
    switch (fault) {
      case Fault.Crash crash -> {}
      case Fault.Partition cut ->
          smallerPart(cut.group())
              .forEach(node ->
                  shade(
                      node, from, to, Look.CUT, cut.isOneWay() ? "cut off one way" : "cut off", 0));
      case Fault.SlowLinks slow ->
          shade(slow.node(), from, to, Look.SLOW, "slow +" + slow.extraMillis() + " ms", 2);
      case Fault.Rpc rpc -> shade(rpc.node(), from, to, Look.RPC, "RPC " + name(rpc.kind()), 1);
      case Fault.ChainHalt halt ->
          shade(
              scale.chainY(halt.side()), scale.chainHeight(), from, to, Look.HALT, "no blocks", 0);
      case Fault.DiskFull full -> shade(full.node(), from, to, Look.DISK, "disk full", 1);
      case Fault.DiskReads reads -> shade(reads.node(), from, to, Look.DISK, "no disk reads", 1);
    }
  }

  private static String name(Fault.RpcKind kind) {
    return switch (kind) {
      case DOWN -> "away";
      case STALE -> "stale";
      case DROPS_LOGS -> "drops logs";
      case BREAKS_FINALITY -> "on a wrong fork";
      case ERRORS -> "errs";
    };
  }

  /** Whoever is fewer is drawn as cut off. */
  private List<Integer> smallerPart(Set<Integer> group) {
    List<Integer> inside = group.stream().sorted().toList();
    List<Integer> outside =
        IntStream.range(0, plan.nodes()).filter(node -> !group.contains(node)).boxed().toList();
    return outside.isEmpty() || inside.size() <= outside.size() ? inside : outside;
  }

  private void shade(int node, long from, long to, String look, String what, int third) {
    double lane = scale.laneHeight() - 2;
    double height = third == 0 ? lane : lane / 3;
    double middle = scale.y(node) + (third == 0 ? 0 : third == 1 ? -lane / 3 : lane / 3);
    shade(middle, height + 2, from, to, look, what, third);
  }

  private void shade(
      double middle, double height, long from, long to, String look, String what, int third) {
    double left = scale.x(from);
    double width = Math.max(2, scale.x(to) - left);
    svg.open("", what + ", " + Clock.of(from) + " to " + Clock.of(to) + " s");
    svg.rect(left, middle - height / 2 + 1, width, height - 2, look);
    if (width >= NAMED_WIDTH_MIN + 3.5 * what.length()) {
      double y = third == 0 ? middle - height / 2 + 10 : middle + 3;
      svg.text(left + 4, y, "class=\"tag dim\"", what);
    }
    svg.close();
  }

  // --- processes: from what happened, since a full disk takes them down too ---

  private void drawDown() {
    Map<Integer, Long> since = new HashMap<>();
    for (int node = 0; node < plan.nodes(); node++) {
      since.put(node, 0L);
    }
    for (Story.Event event : result.story().events()) {
      if (event.kind() == Story.Kind.KILLED) {
        since.put(event.node(), event.at());
      } else if (event.kind() == Story.Kind.STARTS) {
        Long from = since.remove(event.node());
        if (from != null) {
          down(event.node(), from, event.at());
        }
      }
    }
    since.forEach((node, from) -> down(node, from, result.endMillis()));
  }

  private void down(int node, long from, long to) {
    if (!window.overlaps(from, to) || to < BEGINNING_MILLIS) {
      return;
    }
    double left = scale.x(from);
    double width = Math.max(2, scale.x(to) - left);
    svg.open("", plan.nameOf(node) + " is down, " + Clock.of(from) + " to " + Clock.of(to) + " s");
    double height = scale.laneHeight() * 0.56;
    svg.rect(left, scale.y(node) - height / 2, width, height, Look.DOWN);
    if (width >= NAMED_WIDTH_MIN) {
      String attributes = "class=\"tag\" style=\"fill:#f8fafc\"";
      svg.text(left + 5, scale.y(node) + 3.4, attributes, "down");
    }
    svg.close();
  }
}
