package dev.mallard.metrics;

import dev.mallard.api.NodeStatus;
import java.util.List;
import java.util.function.ToLongFunction;

/** Samples of the streams; quacked, held and executed are different series ([G-7]). */
final class StreamMetrics {
  private StreamMetrics() {}

  /** One family of samples. */
  private record Family<T>(String name, String help, ToLongFunction<T> value) {}

  private static final List<Family<NodeStatus.Source>> SOURCE =
      List.of(
          new Family<>(
              "mallard_source_read_block",
              "Finalized block up to which the Outbox was read.",
              NodeStatus.Source::readBlock),
          new Family<>(
              "mallard_source_entries_total",
              "Messages read from the Outbox.",
              NodeStatus.Source::count),
          new Family<>(
              "mallard_source_bundles_built_total", "Bundles built.", NodeStatus.Source::built),
          new Family<>(
              "mallard_source_bundles_certified_total",
              "Bundles with a certificate.",
              NodeStatus.Source::certified),
          new Family<>(
              "mallard_source_bundles_quacked_total",
              "Bundles that the destination is known to hold; not executed.",
              NodeStatus.Source::quacked),
          new Family<>(
              "mallard_source_bundles_in_flight",
              "Bundles certified and not quacked.",
              NodeStatus.Source::inFlight),
          new Family<>(
              "mallard_source_intake_open",
              "0 while the window is full and reading pauses.",
              s -> s.intakeOpen() ? 1 : 0),
          new Family<>(
              "mallard_source_crossings_total",
              "Bundles this node sent as scheduled.",
              NodeStatus.Source::crossings),
          new Family<>(
              "mallard_source_resends_total",
              "Bundles this node sent again after a loss.",
              NodeStatus.Source::resends),
          new Family<>(
              "mallard_source_halted",
              "1 when the stream stopped for good.",
              s -> s.halted().isEmpty() ? 0 : 1));

  private static final List<Family<NodeStatus.Destination>> DESTINATION =
      List.of(
          new Family<>(
              "mallard_destination_bundles_announced_total",
              "Highest bundle that source nodes told of.",
              NodeStatus.Destination::announced),
          new Family<>(
              "mallard_destination_bundles_held_total",
              "Bundles on this node's disk without a gap; not executed.",
              NodeStatus.Destination::held),
          new Family<>(
              "mallard_destination_bundles_executed",
              "Bundles that the Inbox accepted in the newest block.",
              NodeStatus.Destination::executed),
          new Family<>(
              "mallard_destination_bundles_executed_final_total",
              "Bundles that the Inbox accepted at the finalized block.",
              NodeStatus.Destination::executedFinal),
          new Family<>(
              "mallard_destination_entries_executed",
              "Messages that the Inbox accepted in the newest block.",
              NodeStatus.Destination::executedCount),
          new Family<>(
              "mallard_destination_bundles_crossed_total",
              "Bundles that arrived here from the source's nodes.",
              NodeStatus.Destination::crossed),
          new Family<>(
              "mallard_destination_deliveries_total",
              "Delivery transactions that this node submitted.",
              NodeStatus.Destination::submitted),
          new Family<>(
              "mallard_destination_deliveries_failed_total",
              "Those that were mined and reverted.",
              NodeStatus.Destination::submittedFailed),
          new Family<>(
              "mallard_destination_halted",
              "1 when the stream stopped for good.",
              d -> d.halted().isEmpty() ? 0 : 1));

  static void writeSources(PrometheusText text, List<NodeStatus.Source> streams) {
    for (Family<NodeStatus.Source> family : SOURCE) {
      streams.forEach(s -> write(text, family, s, s.stream().toString()));
    }
  }

  static void writeDestinations(PrometheusText text, List<NodeStatus.Destination> streams) {
    for (Family<NodeStatus.Destination> family : DESTINATION) {
      streams.forEach(d -> write(text, family, d, d.stream().toString()));
    }
  }

  private static <T> void write(PrometheusText text, Family<T> family, T value, String stream) {
    long number = family.value().applyAsLong(value);
    if (family.name().endsWith("_total")) {
      text.counter(family.name(), family.help(), number, "stream", stream);
    } else {
      text.gauge(family.name(), family.help(), number, "stream", stream);
    }
  }
}
