package dev.mallard.testnet.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class MallardTest {
  @TempDir private Path temp = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine command = Mallard.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    return command.execute(args);
  }

  @Test
  void helpNamesEveryCommand() {
    assertEquals(0, run("--help"));
    for (String command :
        List.of("demo", "testnet", "transfer", "message", "status", "node", "check", "gas")) {
      assertTrue(out.toString().contains("  " + command + " "), command + " in\n" + out);
    }
  }

  @Test
  void wrongArgumentsAreNamedBeforeAnythingStarts() {
    assertEquals(2, run("demo", "--stakes", "1,2"));
    assertTrue(err.toString().contains("--stakes '1,2' has 1 sides"), err::toString);
    assertEquals(2, run("demo", "--transfers", "1"));
    assertTrue(err.toString().contains("--transfers 1 is not between"), err::toString);
    assertEquals(2, run("message", "7"));
    assertTrue(err.toString().contains("'7' is no message id"), err::toString);
    assertEquals(2, run("testnet", "status", "--seconds", "-1"));
    assertTrue(err.toString().contains("--seconds -1 is not between"), err::toString);
  }

  @Test
  void commandsOnANetworkThatDoesNotRunSayHowToStartOne() {
    String dir = temp.resolve("none").toString();
    for (List<String> command :
        List.of(
            List.of("status"),
            List.of("testnet", "status"),
            List.of("message", "1-2-3"),
            List.of("transfer"))) {
      List<String> args = new java.util.ArrayList<>(command);
      args.addAll(List.of("--dir", dir));
      assertEquals(1, run(args.toArray(String[]::new)), command::toString);
      assertTrue(err.toString().contains("mallard testnet up"), err::toString);
    }
    assertEquals(0, run("testnet", "down", "--dir", dir));
    assertTrue(out.toString().contains("no network in"), out::toString);
  }
}
