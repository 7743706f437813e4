package dev.mallard.testnet.sim.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One diagram over the number of replicas, both axes by powers of ten. */
final class PlotPanel {
  static final int WIDTH = 470;
  static final int HEIGHT = 330;

  private static final int LEFT = 62;
  private static final int RIGHT = 16;
  private static final int TOP = 56;
  private static final int BOTTOM = 40;
  private static final double X_MIN = 3;
  private static final double X_MAX = 1_300;
  private static final List<String> COLOURS = List.of("#1b6ca8", "#c8553d", "#3a7d44", "#7d5ba6");
  private static final int[] X_TICKS = {4, 10, 19, 50, 100, 300, 1000};

  /** A point of a line. */
  record Point(double x, double y) {}

  private record Line(String label, List<Point> points) {}

  private final String title;
  private final List<Line> lines = new ArrayList<>();

  PlotPanel(String title) {
    this.title = title;
  }

  /** Adds a line, unless there is nothing above zero to draw. */
  void line(String label, List<Point> points) {
    List<Point> drawn = points.stream().filter(point -> point.y() > 0).toList();
    if (!drawn.isEmpty()) {
      lines.add(new Line(label, drawn));
    }
  }

  /** Its elements, moved to a place of the picture. */
  String svg(int left, int top) {
    int low = (int) Math.floor(lines.stream().mapToDouble(PlotPanel::least).min().orElse(0));
    int high = (int) Math.ceil(lines.stream().mapToDouble(PlotPanel::most).max().orElse(1));
    high = Math.max(high, low + 1);
    StringBuilder svg = new StringBuilder();
    svg.append(text("<g transform=\"translate(%d %d)\">%n", left, top));
    svg.append(text("<text class=\"t\" x=\"8\" y=\"20\">%s</text>%n", title));
    axes(svg, low, high);
    for (int i = 0; i < lines.size(); i++) {
      draw(svg, lines.get(i), COLOURS.get(i % COLOURS.size()), i, low, high);
    }
    return svg.append("</g>\n").toString();
  }

  private static double least(Line line) {
    return line.points().stream().mapToDouble(point -> Math.log10(point.y())).min().orElse(0);
  }

  private static double most(Line line) {
    return line.points().stream().mapToDouble(point -> Math.log10(point.y())).max().orElse(1);
  }

  private static void axes(StringBuilder svg, int low, int high) {
    for (int power = low; power <= high; power++) {
      double y = y(power, low, high);
      svg.append(
          text(
              "<path class=\"g\" d=\"M%d %.1fH%d\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
              LEFT, y, WIDTH - RIGHT, LEFT - 6, y + 4, label(power)));
    }
    for (int tick : X_TICKS) {
      svg.append(
          text(
              "<path class=\"g\" d=\"M%.1f %dV%d\"/><text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>%n",
              x(tick), TOP, HEIGHT - BOTTOM, x(tick), HEIGHT - BOTTOM + 16, tick));
    }
  }

  private static void draw(
      StringBuilder svg, Line line, String colour, int index, int low, int high) {
    StringBuilder path = new StringBuilder();
    for (Point point : line.points()) {
      double y = y(Math.log10(point.y()), low, high);
      path.append(text("%s%.1f %.1f", path.isEmpty() ? "M" : "L", x(point.x()), y));
      svg.append(
          text(
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\" fill=\"%s\"/>%n",
              x(point.x()), y, colour));
    }
    svg.append(text("<path fill=\"none\" stroke=\"%s\" d=\"%s\"/>%n", colour, path));
    int keyLeft = LEFT + index * 100;
    svg.append(
        text(
            "<path stroke=\"%s\" d=\"M%d 40h14\"/><text x=\"%d\" y=\"44\">%s</text>%n",
            colour, keyLeft, keyLeft + 18, line.label()));
  }

  private static double x(double replicas) {
    double share = Math.log(replicas / X_MIN) / Math.log(X_MAX / X_MIN);
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double power, int low, int high) {
    return HEIGHT - BOTTOM - (power - low) / (high - low) * (HEIGHT - BOTTOM - TOP);
  }

  private static String label(int power) {
    if (power < 0) {
      return "0." + "0".repeat(-power - 1) + "1";
    }
    String unit = power < 3 ? "" : power < 6 ? "k" : power < 9 ? "M" : "G";
    return "1" + "0".repeat(power % 3) + unit;
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation is no dependency of ours
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
