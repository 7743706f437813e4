package dev.mallard.testnet.app;

import dev.mallard.testnet.demo.TextTable;
import dev.mallard.testnet.localnet.LocalNetwork;
import dev.mallard.testnet.localnet.NetworkState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** One message as all nodes together know it. */
final class MessageLife {
  /** Stages in the order of a message's life. */
  private static final List<String> STAGES =
      List.of(
          "sent", "finalized", "certified", "crossed", "held", "quacked", "executed", "receipt");

  private static final List<String> FIELDS =
      List.of(
          "outcome",
          "sender",
          "recipient",
          "sourceTransaction",
          "deliveryTransaction",
          "receiptTransaction",
          "deadlineAt",
          "bundle");

  private final String id;
  private final Map<Integer, Reached> stages = new TreeMap<>();
  private final Map<String, String> fields = new TreeMap<>();
  private final List<String> waits = new ArrayList<>();
  private boolean receiptWanted;

  MessageLife(String id) {
    this.id = id;
  }

  private record Reached(long millis, String node) {}

  /** Asks all nodes; empty if none knows it. */
  static Optional<MessageLife> read(LocalNetwork network, String id) {
    MessageLife life = new MessageLife(id);
    for (NetworkState.Side side : network.state().sides()) {
      for (NetworkState.Node node : side.nodes()) {
        network
            .api(node)
            .message(id)
            .ifPresent(json -> life.onMessage(node.process().name(), json));
      }
    }
    return life.stages.isEmpty() ? Optional.empty() : Optional.of(life);
  }

  void onMessage(String node, JsonNode message) {
    for (JsonNode stage : message.path("stages")) {
      int place = STAGES.indexOf(stage.path("stage").asString(""));
      if (place >= 0) {
        stages.merge(
            place,
            new Reached(stage.path("millis").asLong(0), node),
            (a, b) -> a.millis() <= b.millis() ? a : b);
      }
    }
    for (String field : FIELDS) {
      if (message.has(field)) {
        fields.put(field, message.path(field).asString(""));
      }
    }
    receiptWanted |= message.path("wantsReceipt").asBoolean(false);
    if (message.has("waitsOn")) {
      waits.add(message.path("waitsOn").asString(""));
    }
  }

  /** The furthest stage, or the outcome where there is one. */
  String state() {
    return stages.keySet().stream()
        .reduce(Math::max)
        .map(STAGES::get)
        .map(stage ->
            "executed".equals(stage) || "receipt".equals(stage)
                ? fields.getOrDefault("outcome", stage)
                : stage)
        .orElse("unknown");
  }

  /** Whether nothing more will happen to it. */
  boolean isSettled() {
    return stages.containsKey(STAGES.indexOf("receipt"))
        || (!receiptWanted && stages.containsKey(STAGES.indexOf("executed")));
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("message " + id + ": " + state());
    TextTable table = new TextTable(List.of("  stage", "at", "after", "first seen by"));
    long begin = stages.values().iterator().next().millis();
    stages.forEach((place, reached) ->
        table.row(
            List.of(
                "  " + STAGES.get(place),
                Instant.ofEpochMilli(reached.millis()).toString(),
                String.format(Locale.ROOT, "%.1f s", (reached.millis() - begin) / 1000.0),
                reached.node())));
    lines.addAll(table.lines());
    fields.forEach((name, value) -> lines.add("  " + name + ": " + value));
    if (!isSettled()) {
      waits.stream().distinct().forEach(wait -> lines.add("  waits: " + wait));
    }
    return lines;
  }
}
