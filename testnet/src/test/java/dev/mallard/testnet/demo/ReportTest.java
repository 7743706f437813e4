package dev.mallard.testnet.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ReportTest {
  private static final DemoReport GOOD =
      DemoReport.of(Runs.good(), List.of("node-31337-0"), Map.of("start", 12_300L));

  @Test
  void jsonHasThePromisedFields() {
    JsonNode json = JsonMapper.shared().readTree(ReportJson.of(GOOD));
    assertEquals(2, json.at("/transfers/sent").asInt());
    assertEquals(1, json.at("/transfers/executed").asInt());
    assertEquals(1, json.at("/transfers/refunded").asInt());
    assertEquals(0, json.at("/transfers/lost").asInt());
    assertEquals(0, json.at("/transfers/duplicated").asInt());
    assertEquals(4, json.at("/bundles/count").asInt());
    assertEquals(5, json.at("/bundles/crossings").asInt());
    assertEquals(1, json.at("/bundles/resends").asInt());
    assertEquals(3, json.at("/deliveries/transactions").asInt());
    assertEquals(0, json.at("/deliveries/failed").asInt());
    assertTrue(json.at("/supplyConserved").asBoolean());
    assertEquals("node-31337-0", json.at("/killed/0").asString());
    assertEquals("node-31337-0", json.at("/caughtUp/0").asString());
    assertEquals(1_500, json.at("/latencyMs/finalizedToExecuted/p50").asInt());
    assertEquals(3_500, json.at("/latencyMs/sentToExecuted/p99").asInt(), 5);
    assertEquals(200, json.at("/nodes/0/rssMiB").asInt());
    assertEquals(1.5, json.at("/nodes/0/cpuSeconds").asDouble());
    assertEquals(Checks.of(Runs.good()).size(), json.at("/checks").size());
    assertTrue(json.at("/checks/0/held").asBoolean());
    assertEquals("nothing lost", json.at("/checks/0/name").asString());
    assertFalse(json.at("/checks/0/detail").asString().isEmpty());
  }

  @Test
  void textShowsStagesAfterSending() {
    List<String> lines = ReportText.of(GOOD);
    String row =
        lines.stream().filter(line -> line.startsWith("31337-31338-1")).findFirst().orElseThrow();
    assertTrue(row.contains("executed  at 0.0        2.0"), row);
    assertTrue(row.contains("3.5"), row);
  }

  @Test
  void textSaysWhatDoesNotHold() {
    DemoReport bad =
        DemoReport.of(Runs.withSupply(Runs.supply(100, 101, 7, 7)), List.of(), Map.of());
    assertFalse(bad.isHeld());
    assertTrue(
        ReportText.of(bad).stream().anyMatch(line -> line.contains("NOT HELD  total supply")));
  }
}
