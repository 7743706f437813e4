package dev.mallard.testnet.sim.scale;

/** The report as a picture. */
final class ScalePlot {
  private ScalePlot() {}

  static String of(ScaleReport report) {
    return report.toString();
  }
}
