package dev.mallard.testnet.demo;

import dev.mallard.testnet.demo.Settled.Stage;
import dev.mallard.testnet.localnet.LocalNetwork;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** When each message reached each stage: the earliest that any node says. */
public final class StageTimes {
  private final Map<String, Map<Stage, Long>> times = new HashMap<>();

  /** Asks every node for every message it keeps. */
  public static StageTimes read(LocalNetwork network, NodeWatch watch) {
    StageTimes result = new StageTimes();
    for (NodeWatch.Watched node : watch.nodes()) {
      for (String stream : watch.streams()) {
        network.api(node.node()).messages(stream).forEach(result::onMessage);
      }
    }
    return result;
  }

  void onMessage(JsonNode message) {
    Map<Stage, Long> stages =
        times.computeIfAbsent(message.path("id").asString(""), id -> new EnumMap<>(Stage.class));
    for (JsonNode reached : message.path("stages")) {
      String name = reached.path("stage").asString("").toUpperCase(Locale.ROOT);
      for (Stage stage : Stage.values()) {
        if (stage.name().equals(name)) {
          stages.merge(stage, reached.path("millis").asLong(0), Math::min);
        }
      }
    }
  }

  /** Of one transfer; that of sending is this program's own. */
  public Map<Stage, Long> of(Transfer transfer) {
    Map<Stage, Long> stages = new EnumMap<>(Stage.class);
    stages.putAll(times.getOrDefault(transfer.id(), Map.of()));
    stages.put(Stage.SENT, transfer.sentMillis());
    return stages;
  }
}
