package dev.mallard.testnet.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands as a newcomer types them, with real chains and real node processes. */
final class DemoTest {
  @TempDir private Path temp = Path.of("");

  private String run(int expected, String... args) {
    StringWriter text = new StringWriter();
    CommandLine command = Mallard.commandLine();
    command.setOut(new PrintWriter(text));
    command.setErr(new PrintWriter(text));
    assertEquals(expected, command.execute(args), text::toString);
    return text.toString();
  }

  @AfterEach
  void stopWhatATestLeft() throws IOException {
    try (var folders = Files.newDirectoryStream(temp)) {
      for (Path folder : folders) {
        run(0, "testnet", "down", "--dir", folder.toString());
      }
    }
  }

  @Test
  @Tag("G-1")
  @Tag("G-2")
  @Tag("G-5")
  @Tag("DLV-2")
  @Tag("DLV-4")
  void valueCrossesWhileNodesAreKilled() throws IOException {
    Path dir = temp.resolve("demo");
    Path json = temp.resolve("demo.json");
    run(
        0,
        "demo",
        "--stakes",
        "3,1,1,1/1,1,1,1",
        "--transfers",
        "10",
        "--dir",
        dir.toString(),
        "--json",
        json.toString());
    JsonNode report = JsonMapper.shared().readTree(Files.readString(json));
    Files.delete(json);
    assertEquals(10, report.at("/transfers/sent").asInt());
    assertEquals(8, report.at("/transfers/executed").asInt());
    assertEquals(2, report.at("/transfers/refunded").asInt());
    assertEquals(2, report.at("/killed").size());
    assertEquals(report.at("/killed"), report.at("/caughtUp"));
    assertEquals(8, report.at("/nodes").size());
    for (JsonNode check : report.at("/checks")) {
      assertTrue(check.path("held").asBoolean(), check::toString);
    }
    assertFalse(Files.exists(dir), "the demo leaves no file behind");
  }

  @Test
  void twoNetworksLiveSideBySideAndAreWorkedWithFromOutside() throws IOException {
    List<String> dirs = List.of(temp.resolve("a").toString(), temp.resolve("b").toString());
    for (String dir : dirs) {
      run(0, "testnet", "up", "--stakes", "1/1", "--dir", dir);
    }
    for (String dir : dirs) {
      assertTrue(run(0, "status", "--dir", dir).contains("ready"));
      String sent = run(0, "transfer", "--amount", "7", "--wait", "--dir", dir);
      Matcher id = Pattern.compile("sent (31337-31338-1) ").matcher(sent);
      assertTrue(id.find(), sent);
      String life = run(0, "message", id.group(1), "--dir", dir);
      assertTrue(life.contains("message 31337-31338-1: executed"), life);
      assertTrue(
          run(1, "testnet", "up", "--dir", dir).contains("testnet down"),
          "a second one is refused");
    }
    String late =
        run(
            1,
            "transfer",
            "--from",
            "31338",
            "--deadline",
            "1",
            "--wait",
            "--dir",
            dirs.getFirst());
    assertTrue(late.contains("expired"), late);
    for (String dir : dirs) {
      assertTrue(run(0, "testnet", "down", "--dir", dir).contains("stopped 4 processes"));
      assertFalse(Files.exists(Path.of(dir)));
    }
  }
}
