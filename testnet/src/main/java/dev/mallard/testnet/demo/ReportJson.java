package dev.mallard.testnet.demo;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The report as programs read it; its field names are a promise. */
public final class ReportJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ReportJson() {}

  /** The JSON text. */
  public static String of(DemoReport report) {
    Evidence evidence = report.evidence();
    ObjectNode root = JSON.createObjectNode();
    root.putObject("transfers")
        .put("sent", evidence.transfers().size())
        .put("executed", report.count(TransferState.EXECUTED))
        .put("refunded", report.count(TransferState.REFUNDED))
        .put("lost", Checks.lost(evidence).size())
        .put("duplicated", Checks.duplicated(evidence).size());
    root.putObject("bundles")
        .put("count", evidence.all().count())
        .put("crossings", evidence.all().crossings())
        .put("resends", evidence.all().resends());
    root.putObject("deliveries")
        .put("transactions", report.deliveries(true) + report.deliveries(false))
        .put("failed", report.deliveries(false));
    root.put(
        "supplyConserved",
        !evidence.supplies().isEmpty()
            && evidence.supplies().stream().allMatch(SupplyEvidence::isConserved));
    ArrayNode killed = root.putArray("killed");
    report.killed().forEach(killed::add);
    ArrayNode caughtUp = root.putArray("caughtUp");
    evidence.nodes().stream()
        .filter(node -> node.killed() && node.caughtUp())
        .forEach(node -> caughtUp.add(node.name()));
    ObjectNode latency = root.putObject("latencyMs");
    put(latency.putObject("finalizedToExecuted"), report.finalizedToExecuted());
    put(latency.putObject("sentToExecuted"), report.sentToExecuted());
    putNodes(root.putArray("nodes"), evidence);
    ArrayNode checks = root.putArray("checks");
    for (Check check : report.checks()) {
      checks
          .addObject()
          .put("name", check.name())
          .put("held", check.held())
          .put("detail", check.detail());
    }
    ObjectNode phases = root.putObject("phasesMs");
    report.phaseMillis().forEach(phases::put);
    putTransfers(root.putArray("table"), evidence);
    return JSON.writeValueAsString(root) + "\n";
  }

  private static void put(ObjectNode node, Latencies latencies) {
    node.put("p50", latencies.p50()).put("p99", latencies.p99());
  }

  private static void putNodes(ArrayNode nodes, Evidence evidence) {
    for (NodeEvidence node : evidence.nodes()) {
      nodes
          .addObject()
          .put("name", node.name())
          .put("rest", node.restUrl())
          .put("ready", node.ready())
          .put("rssMiB", node.rssMiB())
          .put("cpuSeconds", node.cpuSeconds());
    }
  }

  private static void putTransfers(ArrayNode table, Evidence evidence) {
    for (Settled settled : evidence.transfers()) {
      Transfer transfer = settled.transfer();
      ObjectNode row =
          table
              .addObject()
              .put("id", transfer.id())
              .put("from", transfer.stream().source().value())
              .put("to", transfer.stream().destination().value())
              .put("what", transfer.asset().label())
              .put("amount", transfer.amount().toString())
              .put("state", settled.state().name().toLowerCase(java.util.Locale.ROOT));
      ObjectNode stages = row.putObject("stages");
      for (Settled.Stage stage : Settled.Stage.values()) {
        Long reached = settled.stages().get(stage);
        if (reached != null) {
          stages.put(stage.name().toLowerCase(java.util.Locale.ROOT), reached.longValue());
        }
      }
    }
  }
}
