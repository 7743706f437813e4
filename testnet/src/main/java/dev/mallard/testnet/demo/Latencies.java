package dev.mallard.testnet.demo;

import dev.mallard.testnet.demo.Settled.Stage;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Percentiles of a time between two stages, milliseconds.
 *
 * @param samples how many transfers had both stages
 */
public record Latencies(long samples, long p50, long p99) {
  private static final long MILLIS_MAX = 3_600_000;
  private static final int DIGITS = 3;
  private static final double HALF = 50.0;
  private static final double NEARLY_ALL = 99.0;

  /** Over the transfers that were executed; those that came back waited on purpose. */
  public static Latencies between(Stage from, Stage to, List<Settled> transfers) {
    Histogram histogram = new Histogram(MILLIS_MAX, DIGITS);
    for (Settled settled : transfers) {
      Long start = settled.stages().get(from);
      Long end = settled.stages().get(to);
      if (settled.state() == TransferState.EXECUTED && start != null && end != null) {
        histogram.recordValue(Math.clamp(end - start, 0, MILLIS_MAX));
      }
    }
    return new Latencies(
        histogram.getTotalCount(),
        histogram.getValueAtPercentile(HALF),
        histogram.getValueAtPercentile(NEARLY_ALL));
  }
}
