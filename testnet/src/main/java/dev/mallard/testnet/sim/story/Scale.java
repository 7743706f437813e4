package dev.mallard.testnet.sim.story;

import dev.mallard.testnet.sim.SimPlan;
import dev.mallard.testnet.sim.Story;
import java.util.List;

/** Where things are in a picture: time to the right, lanes from top to bottom. */
final class Scale {
  static final double LEFT = 148;
  static final double TOP = 150;

  private static final double RIGHT = 40;
  private static final double SMALL_LANE = 34;
  private static final double BIG_LANE = 22;
  private static final int SMALL_SIDE_MAX = 10;
  private static final double CHAIN_LANE = 34;
  private static final double GAP = 26;
  private static final double PLOT_WIDTH_MIN = 1_200;
  private static final double PLOT_WIDTH_MAX = 5_600;

  /** So wide that bundles which cross one after the other can be told apart. */
  private static final double PIXELS_PER_CROSSING = 22;

  private static final double PIXELS_PER_MILLI_MAX = 0.4;

  private final SimPlan plan;
  private final Window window;
  private final double pixelsPerMilli;
  private final double lane;

  private Scale(SimPlan plan, Window window, double pixelsPerMilli) {
    this.plan = plan;
    this.window = window;
    this.pixelsPerMilli = pixelsPerMilli;
    this.lane = size(0) > SMALL_SIDE_MAX || size(1) > SMALL_SIDE_MAX ? BIG_LANE : SMALL_LANE;
  }

  /** A scale that fits what happens in a window. */
  static Scale of(SimPlan plan, Window window, List<Story.Event> events) {
    long crossings =
        events.stream()
            .filter(event -> event.kind() == Story.Kind.CROSSING && window.contains(event.at()))
            .count();
    double millis = window.toMillis() - window.fromMillis();
    double wanted = Math.max(PLOT_WIDTH_MIN, crossings * PIXELS_PER_CROSSING);
    double width = Math.min(wanted, PLOT_WIDTH_MAX);
    return new Scale(plan, window, Math.min(width / millis, PIXELS_PER_MILLI_MAX));
  }

  private int size(int side) {
    return plan.sides().get(side).table().size();
  }

  double x(long at) {
    long inside = Math.clamp(at, window.fromMillis(), window.toMillis());
    return LEFT + (inside - window.fromMillis()) * pixelsPerMilli;
  }

  double pixelsPerSecond() {
    return pixelsPerMilli * 1_000;
  }

  double laneHeight() {
    return lane;
  }

  double chainHeight() {
    return CHAIN_LANE;
  }

  /** The middle of a replica's lane. */
  double y(int node) {
    double index = plan.indexOf(node) + 0.5;
    return plan.sideOf(node) == 0 ? TOP + index * lane : chainY(1) + CHAIN_LANE / 2 + index * lane;
  }

  /** The middle of a chain's lane. */
  double chainY(int side) {
    double first = TOP + size(0) * lane + CHAIN_LANE / 2;
    return side == 0 ? first : first + CHAIN_LANE + GAP;
  }

  double bottom() {
    return chainY(1) + CHAIN_LANE / 2 + size(1) * lane;
  }

  double right() {
    return x(window.toMillis());
  }

  double width() {
    return Math.max(right() + RIGHT, LEFT + PLOT_WIDTH_MIN);
  }
}
