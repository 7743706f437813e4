package dev.mallard.testnet.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class MessageLifeTest {
  private final MessageLife life = new MessageLife("1-2-7");

  private void add(String node, String json) {
    life.onMessage(node, JsonMapper.shared().readTree(json));
  }

  @Test
  void heldAndQuackedAreNotExecuted() {
    add(
        "a",
        "{\"stages\":[{\"stage\":\"sent\",\"millis\":1000},{\"stage\":\"quacked\",\"millis\":3000}]}");
    assertEquals("quacked", life.state());
    assertFalse(life.isSettled());
  }

  @Test
  void theEarliestNodeCounts() {
    add(
        "a",
        "{\"stages\":[{\"stage\":\"sent\",\"millis\":1000},{\"stage\":\"finalized\",\"millis\":3500}]}");
    add("b", "{\"stages\":[{\"stage\":\"finalized\",\"millis\":3000}]}");
    List<String> lines = life.lines();
    String finalized =
        lines.stream().filter(line -> line.startsWith("  finalized")).findFirst().orElseThrow();
    assertTrue(lines.contains("message 1-2-7: finalized"), lines::toString);
    assertTrue(finalized.contains("2.0 s") && finalized.endsWith("b"), finalized);
  }

  @Test
  void anOutcomeIsItsState() {
    add(
        "a",
        "{\"outcome\":\"expired\",\"wantsReceipt\":true,\"stages\":[{\"stage\":\"executed\",\"millis\":5}]}");
    assertEquals("expired", life.state());
    assertFalse(life.isSettled());
    add("b", "{\"stages\":[{\"stage\":\"receipt\",\"millis\":9}]}");
    assertTrue(life.isSettled());
  }
}
