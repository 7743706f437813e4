package dev.mallard.testnet.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine command = Mallard.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    return command.execute(arguments);
  }

  @Test
  void seedsThatHoldExitWithZeroAndSayWhatWasExercised(@TempDir Path folder) throws Exception {
    Path json = folder.resolve("runs.json");
    assertEquals(0, run("sim", "--seeds", "3", "--from", "5", "--json", json.toString()));
    assertTrue(out.toString().contains("3 seeds (5 to 7)"), out.toString());
    assertTrue(Files.readString(json).contains("\"failed\" : 0"));
  }

  @Test
  void aPlantedFaultExitsWithOneAndTellsItsStory(@TempDir Path folder) throws Exception {
    Path svg = folder.resolve("run.svg");
    int code =
        run(
            "sim",
            "--seed",
            "1",
            "--mutant",
            "ack-before-fsync",
            "--trace",
            "--svg",
            svg.toString());
    assertEquals(1, code);
    assertTrue(out.toString().contains("G-3"), out.toString());
    assertTrue(Files.readString(svg).startsWith("<svg"));
  }

  @Test
  void aSavedPlanRunsAgain(@TempDir Path folder) {
    Path plan = folder.resolve("seed-1.plan");
    assertEquals(0, run("sim", "--seed", "1", "--save", plan.toString()));
    assertEquals(0, run("sim", "--plan", plan.toString()));
  }

  @Test
  void anOptionOfAnotherModeIsRefusedAndNotIgnored(@TempDir Path folder) {
    assertEquals(2, run("sim", "--seeds", "2", "--mutant", "ack-before-fsync"));
    assertTrue(err.toString().contains("--mutant does nothing with --seeds"), err.toString());
    assertEquals(2, run("sim", "--seed", "1", "--jobs", "2"));
    assertEquals(2, run("sim", "--seeds", "1", "--models", "cft/cft"));
    assertEquals(2, run("sim", "--seed", "1", "--from-ms", "100"));
    assertEquals(2, run("sim", "--plan", folder.resolve("absent.plan").toString()));
    assertTrue(err.toString().contains("there is no such file"), err.toString());
    assertEquals(2, run("sim", "--seed", "1", "--svg", folder.resolve("no/x.svg").toString()));
    assertTrue(err.toString().contains("make it first"), err.toString());
    assertEquals(2, run("sim", "--seeds", "99999999999"));
  }

  @Test
  void aTableThatIsNotSoundIsRefusedWithItsNumbers() {
    assertEquals(2, run("sim", "--seeds", "1", "--stakes", "1,1,1/4", "--models", "1:1/bft"));
    assertTrue(err.toString().contains("2u + r + 1 = 4"), err.toString());
    assertTrue(err.toString().contains("got 3"), err.toString());
  }

  @Test
  void badInputIsOneMessageThatNamesTheValue() {
    assertEquals(2, run("sim"));
    assertEquals(2, run("sim", "--seeds", "0"));
    assertTrue(err.toString().contains("--seeds is 0"), err.toString());
    assertEquals(2, run("sim", "--seeds", "5", "--bogus"));
    assertEquals(2, run("sim", "--seeds", "5", "--jobs", "0"));
    assertEquals(2, run("sim", "--exhaustive", "no-such-world"));
    assertTrue(err.toString().contains("cft-1-1"), err.toString());
    assertEquals(2, run("sim", "--seed", "1", "--mutant", "no-such"));
    assertTrue(err.toString().contains("quack-at-u"), err.toString());
    assertEquals(2, run("sim", "--seed", "1", "--stakes", "1,".repeat(31) + "1/1"));
    assertTrue(err.toString().contains("32 replicas"), err.toString());
  }

  @Test
  void aFileThatIsNoneIsRefusedBeforeTheWork(@TempDir Path folder) throws Exception {
    assertEquals(2, run("sim", "--plan", folder.toString()));
    assertEquals(2, run("sim", "--seeds", "5", "--json", folder.toString()));
    assertEquals(2, run("demo", "--json", folder.toString()));
    Path binary = Files.write(folder.resolve("binary.plan"), new byte[] {(byte) 0xff, 0, 1});
    assertEquals(2, run("sim", "--plan", binary.toString()));
    assertTrue(err.toString().contains("binary.plan: is no text"), err::toString);
  }

  @Test
  void numbersBeyondTheirBoundsAreRefused() {
    assertEquals(2, run("sim", "--seeds", "5", "--from", Long.toString(Long.MAX_VALUE - 1)));
    assertTrue(err.toString().contains("--from is 9223372036854775806"), err::toString);
    assertEquals(2, run("sim", "--mutants", "--runs", "0"));
    assertEquals(2, run("sim", "--shrink", "1", "--runs", "-5"));
  }
}
