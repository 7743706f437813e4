package dev.mallard.metrics;

import dev.mallard.api.NodeStatus;
import dev.mallard.api.NodeView;
import dev.mallard.api.PeerSide;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Everything of one scrape. The node's gauges come from what it publishes, so nothing is counted
 * twice; parts with counters of their own (store, queues) are added as {@link MetricSource}s.
 */
public final class NodeMetrics {
  private final NodeView view;
  private final List<MetricSource> sources;
  private final LongSupplier wallClock;

  /**
   * @param sources written after the node's own samples, in this order
   * @param wallClock milliseconds since 1970
   */
  public NodeMetrics(NodeView view, List<MetricSource> sources, LongSupplier wallClock) {
    this.view = view;
    this.sources = List.copyOf(sources);
    this.wallClock = wallClock;
  }

  /** The text of one scrape. */
  public String scrape() {
    PrometheusText text = new PrometheusText();
    NodeStatus status = view.status();
    writeNode(text, status);
    writeChain(text, status.chain());
    StreamMetrics.writeSources(text, status.sources());
    StreamMetrics.writeDestinations(text, status.destinations());
    PeerMetrics.write(text, PeerSide.of(status.identity(), view.peers()), view.peers());
    ProcessMetrics.write(text);
    sources.forEach(source -> source.writeTo(text));
    return text.toString();
  }

  private void writeNode(PrometheusText text, NodeStatus status) {
    text.gauge(
        "mallard_build_info",
        "Always 1; who and which version.",
        1,
        "version",
        status.version(),
        "replica",
        status.identity().replica().toString());
    text.gauge(
        "mallard_start_time_seconds",
        "When the node started, seconds since 1970.",
        status.startedMillis() / 1e3);
    text.gauge(
        "mallard_ready", "1 when every health row is ok.", view.unhealthy().isEmpty() ? 1 : 0);
    for (NodeStatus.Health row : status.health()) {
      text.gauge(
          "mallard_health_ok",
          "1 when this part is well.",
          row.ok() ? 1 : 0,
          "component",
          row.component());
    }
  }

  private void writeChain(PrometheusText text, NodeStatus.Chain chain) {
    double now = wallClock.getAsLong() / 1e3;
    chain
        .latest()
        .ifPresent(head -> {
          text.gauge(
              "mallard_chain_latest_block", "Number of the newest block.", head.ref().number());
          text.gauge(
              "mallard_chain_head_age_seconds",
              "Age of the newest block by the chain's clock.",
              Math.max(0, now - head.timestampSeconds()));
        });
    chain
        .finalized()
        .ifPresent(head ->
            text.gauge(
                "mallard_chain_finalized_block",
                "Number of the newest finalized block.",
                head.ref().number()));
    text.counter(
        "mallard_chain_suspect_reads_total",
        "Readings that did not fit together and were read again.",
        chain.health().suspectReads());
    chain
        .health()
        .endpoints()
        .forEach(e ->
            text.counter(
                "mallard_chain_endpoint_failures_total",
                "Failed calls of an RPC URL.",
                e.failures(),
                "url",
                e.url()));
  }
}
