package dev.mallard.metrics;

import dev.mallard.store.StoreMetrics;
import java.util.function.Supplier;

/** Samples of the store. */
public final class StoreSamples implements MetricSource {
  private final Supplier<StoreMetrics.Snapshot> store;

  /** Reads the store's counters at each scrape. */
  public StoreSamples(Supplier<StoreMetrics.Snapshot> store) {
    this.store = store;
  }

  @Override
  public void writeTo(PrometheusText text) {
    StoreMetrics.Snapshot now = store.get();
    text.counter("mallard_store_commits_total", "Commits made durable.", now.commits())
        .counter("mallard_store_syncs_total", "Synced writes that carried them.", now.batches())
        .counter("mallard_store_written_bytes_total", "Bytes of those writes.", now.bytes())
        .counter(
            "mallard_store_sync_seconds_total",
            "Time spent in those writes, fsync included.",
            now.syncMicros() / 1e6)
        .counter(
            "mallard_store_contradictions_total",
            "Commits refused because they contradict what is durable.",
            now.contradictions())
        .counter(
            "mallard_store_overflows_total",
            "Commits refused because the queue was full.",
            now.overflows())
        .counter("mallard_store_failures_total", "Writes that the disk refused.", now.failures())
        .counter("mallard_index_batches_total", "Writes of the message index.", now.indexBatches())
        .counter(
            "mallard_index_lost_messages_total",
            "Messages whose update the index lost.",
            now.indexLostMessages());
  }
}
