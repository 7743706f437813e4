package dev.mallard.testnet.sim.scale;

import dev.mallard.testnet.sim.scale.PlotPanel.Point;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The report as a picture: four diagrams over the number of replicas a side. */
final class ScalePlot {
  private static final String STYLE =
      """
      <style>
      text{font:12px sans-serif;fill:#333}
      .t{font-weight:bold;font-size:13px}
      .g{stroke:#ddd}
      path{stroke-width:1.6}
      .g{stroke-width:1}
      </style>
      <rect width="100%" height="100%" fill="#fff"/>
      """;

  private final ScaleReport report;

  private ScalePlot(ScaleReport report) {
    this.report = report;
  }

  static String of(ScaleReport report) {
    return new ScalePlot(report).svg();
  }

  private String svg() {
    int width = 2 * PlotPanel.WIDTH;
    int height = 2 * PlotPanel.HEIGHT;
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\">%n",
            width,
            height)
        + STYLE
        + inputs().svg(0, 0)
        + bytes().svg(PlotPanel.WIDTH, 0)
        + resends().svg(0, PlotPanel.HEIGHT)
        + memory().svg(PlotPanel.WIDTH, PlotPanel.HEIGHT)
        + "</svg>\n";
  }

  private PlotPanel inputs() {
    PlotPanel panel = new PlotPanel("Core time of one input, one replica alone (ns)");
    panel.line("ack", faultFree(nanos("sender.AckArrived")));
    panel.line("attestation", faultFree(nanos("certifier.AttestationArrived")));
    panel.line("bundle, sender", faultFree(nanos("sender.BundleCertified")));
    panel.line("bundle, receiver", faultFree(nanos("receiver.BundleOffered")));
    return panel;
  }

  private PlotPanel bytes() {
    PlotPanel panel = new PlotPanel("Control bytes a replica sends for a bundle");
    panel.line("in all", faultFree(ScaleRow::controlBytesPerReplica));
    panel.line("acks", faultFree(perReplica("ack")));
    panel.line("attestations", faultFree(perReplica("attestation")));
    panel.line("bundle copies", faultFree(perReplica("local_copy")));
    return panel;
  }

  private PlotPanel resends() {
    PlotPanel panel = new PlotPanel("Resends of a bundle, stake crashed on both sides");
    for (ScaleStakes stakes : ScaleStakes.values()) {
      for (int percent : new int[] {10, ScaleOptions.CRASHED_PERCENT_MAX}) {
        panel.line(
            percent + " %, " + stakes.label(),
            points(stakes, percent, row -> row.perBundle(row.counts().resends())));
      }
    }
    return panel;
  }

  private PlotPanel memory() {
    PlotPanel panel = new PlotPanel("Memory of one replica's state machine (bytes)");
    panel.line("certifier", faultFree(row -> row.measured().certifierBytes()));
    panel.line("sender", faultFree(row -> row.measured().senderBytes()));
    panel.line("receiver", faultFree(row -> row.measured().receiverBytes()));
    return panel;
  }

  private static ToDoubleFunction<ScaleRow> nanos(String kind) {
    return row -> row.measured().inputNanos().getOrDefault(kind, 0L);
  }

  private static ToDoubleFunction<ScaleRow> perReplica(String kind) {
    return row ->
        row.perBundle(row.counts().bytes().getOrDefault(kind, 0L))
            / (row.counts().liveSources() + row.counts().liveDestinations());
  }

  private List<Point> faultFree(ToDoubleFunction<ScaleRow> figure) {
    return points(ScaleStakes.EQUAL, 0, figure);
  }

  private List<Point> points(ScaleStakes stakes, int percent, ToDoubleFunction<ScaleRow> figure) {
    return report.rows().stream()
        .filter(row -> row.stakes() == stakes && row.crashedPercent() == percent)
        .map(row -> new Point(row.size(), figure.applyAsDouble(row)))
        .toList();
  }
}
