package dev.mallard.metrics;

/** A part of the node that adds its own samples to a scrape. Must return at once; any thread. */
@FunctionalInterface
public interface MetricSource {
  /** Writes the samples; every name is this source's alone. */
  void writeTo(PrometheusText text);
}
