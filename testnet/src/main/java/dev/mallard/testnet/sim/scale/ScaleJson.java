package dev.mallard.testnet.sim.scale;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The report as programs read it. */
final class ScaleJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ScaleJson() {}

  static String of(ScaleReport report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("blockMillis", ScalePlan.BLOCK_MILLIS);
    var rows = root.putArray("runs");
    for (ScaleRow row : report.rows()) {
      ObjectNode node =
          rows.addObject()
              .put("replicasPerSide", row.size())
              .put("stakes", row.stakes().label())
              .put("crashedPercent", row.crashedPercent())
              .put("crashedPermille", row.crashedPermille())
              .put("bundles", row.bundles());
      putCounts(node, row);
      if (row.isMeasured()) {
        putMeasured(node, row);
      }
    }
    return JSON.writeValueAsString(root) + "\n";
  }

  private static void putCounts(ObjectNode node, ScaleRow row) {
    ScaleRow.Counts counts = row.counts();
    node.putObject("perBundle")
        .put("crossings", row.perBundle(counts.crossings()))
        .put("resends", row.perBundle(counts.resends()))
        .put("localCopies", row.perBundle(counts.localCopies()))
        .put("controlBytes", row.perBundle(counts.controlBytes()))
        .put("controlBytesPerReplica", row.controlBytesPerReplica());
    node.putObject("resends")
        .put("count", counts.resends())
        .put("needless", counts.needlessResends())
        .put("roundMax", counts.roundMax())
        .put("pairsMax", counts.pairsMax());
    ObjectNode messages = node.putObject("messages");
    counts.messages().forEach(messages::put);
    ObjectNode bytes = node.putObject("bytes");
    counts.bytes().forEach(bytes::put);
    node.putObject("inputs")
        .put("certifiers", counts.certifierInputs())
        .put("senders", counts.senderInputs())
        .put("receivers", counts.receiverInputs());
    node.putObject("virtualMillis")
        .put("finalizedToCertifiedP50", counts.certifiedMillis())
        .put("finalizedToHeldP50", counts.heldMillis())
        .put("finalizedToHeldMax", counts.heldMillisMax())
        .put("finalizedToQuackedP50", counts.quackedMillis())
        .put("run", counts.virtualMillis());
  }

  private static void putMeasured(ObjectNode node, ScaleRow row) {
    ScaleRow.Measured measured = row.measured();
    node.putObject("core")
        .put("microsPerBundle", row.perBundle(measured.coreNanos()) / 1_000)
        .put("microsPerBundlePerReplica", row.coreMicrosPerReplica())
        .put("certifierNanos", measured.certifierNanos())
        .put("senderNanos", measured.senderNanos())
        .put("receiverNanos", measured.receiverNanos());
    ObjectNode inputs = node.putObject("nanosPerInput");
    measured.inputNanos().forEach(inputs::put);
    node.putObject("memoryBytesPerReplica")
        .put("certifier", measured.certifierBytes())
        .put("sender", measured.senderBytes())
        .put("receiver", measured.receiverBytes());
    node.put("runMillis", measured.runMillis());
  }
}
