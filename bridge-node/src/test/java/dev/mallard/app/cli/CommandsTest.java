package dev.mallard.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.config.ConfigFile;
import dev.mallard.net.TlsIdentity;
import dev.mallard.net.TlsKeystore;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandsTest {
  private static final String VALIDATORS =
      """
      rsm = 31338
      epoch = 1
      fault-model = "bft"

      [[validator]]
      key = "0x00000000000000000000000000000000000000c1"
      stake = "40"
      endpoint = "127.0.0.1:1"
      tls-key = "0x00000000000000000000000000000000000000000000000000000000000000c1"
      """;

  @TempDir private Path folder = Path.of("");
  private String file = "";
  private Hash32 tlsKey = Hash32.ZERO;

  @BeforeEach
  void writeConfiguration() throws IOException {
    TlsIdentity identity = TlsIdentity.generate(new SecureRandom());
    tlsKey = identity.publicKeyHash();
    write("bridge-key.json", "{}");
    write("bridge-key.password", "hunter2-hunter2");
    write("tls.password", "hunter2-hunter2");
    TlsKeystore.save(identity, folder.resolve("tls.p12"), folder.resolve("tls.password"));
    write("remote-validators.toml", VALIDATORS);
    file = write("node.toml", ConfigFile.example()).toString();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private CommandRun check(NodeParts parts, String... arguments) {
    return CommandRun.of(new CheckCommand(parts, Map.of()), arguments);
  }

  private FakeParts registered() {
    return new FakeParts(FakeParts.KEY, tlsKey);
  }

  @Test
  void aSoundConfigurationChecksWell() {
    CommandRun run = check(registered(), "--config", file);
    assertEquals(ExitCode.OK, run.exitCode(), run.err());
    assertTrue(run.out().startsWith("ok    configuration"), run.out());
  }

  @Test
  void mistakesAreAllPrintedAndHaveTheirOwnExitCode() {
    CommandRun run =
        check(registered(), "--config", file, "--set", "net.port=0", "--set", "api.prot=1");
    assertEquals(ExitCode.CONFIG, run.exitCode());
    assertTrue(run.err().contains("2 mistakes"), run.err());
    assertTrue(run.err().contains("net.port (--set) = \"0\""), run.err());
    assertTrue(run.err().contains("-> write a number from 1 to 65535"), run.err());
    assertTrue(run.err().contains("did you mean api.port?"), run.err());
  }

  @Test
  void wrongArgumentsHaveTheirOwnExitCode() {
    assertEquals(ExitCode.USAGE, check(registered()).exitCode());
    assertEquals(ExitCode.USAGE, check(registered(), "--confg", file).exitCode());
    CommandRun node = CommandRun.of(node(config -> () -> {}, Thread::start));
    assertEquals(ExitCode.USAGE, node.exitCode());
  }

  @Test
  void helpTellsExitCodesAndHowToStart() {
    CommandRun run = CommandRun.of(node(config -> () -> {}, Thread::start), "--help");
    assertEquals(ExitCode.OK, run.exitCode());
    assertTrue(run.out().contains("78"), run.out());
    assertTrue(run.out().contains("--example-config"), run.out());
  }

  @Test
  void aLiveCheckOfWhatIsWellPassesRowByRow() throws Exception {
    try (FakeRpc rpc = new FakeRpc(31337, Instant.now().getEpochSecond())) {
      CommandRun run = live(registered(), rpc);
      assertTrue(
          run.out().contains("ok    rpc " + rpc.url() + ": reachable, chain 31337"), run.out());
      assertTrue(run.out().contains("finalized block 16"), run.out());
      assertTrue(run.out().contains("contract inbox at"), run.out());
      assertTrue(run.out().contains("this node is validator 0 with stake 10"), run.out());
      assertTrue(run.out().contains("ok    TLS pin"), run.out());
      assertFalse(run.out().contains("hunter2"), run.out());
    }
  }

  @Test
  void aLiveCheckNamesWhatFailedWithARemedyAndFails() throws Exception {
    try (FakeRpc rpc = new FakeRpc(5, 1_000)) {
      rpc.answer("eth_getCode", "0x");
      BridgeAddress other = BridgeAddress.fromHex("0x" + "0b".repeat(20));
      CommandRun run = live(new FakeParts(other, Hash32.ZERO), rpc);
      assertEquals(ExitCode.FAILED, run.exitCode());
      assertTrue(run.out().contains("serves chain 5, not 31337"), run.out());
      assertTrue(run.out().contains("s old, more than chain.head-age-seconds-max"), run.out());
      assertTrue(run.out().contains("no contract at"), run.out());
      assertTrue(run.out().contains("is no validator in the StakeRegistry"), run.out());
      assertTrue(run.out().contains("FAIL  inbox: no Inbox here"), run.out());
      assertTrue(run.out().contains("FAIL  peer 31338/0: 127.0.0.1:1"), run.out());
      long failures = run.out().lines().filter(line -> line.startsWith("FAIL")).count();
      long remedies = run.out().lines().filter(line -> line.startsWith("      -> ")).count();
      assertEquals(failures, remedies, run.out());
    }
  }

  @Test
  void aPinThatIsNotThisKeyFails() throws Exception {
    try (FakeRpc rpc = new FakeRpc(31337, Instant.now().getEpochSecond())) {
      CommandRun run = live(new FakeParts(FakeParts.KEY, Hash32.ZERO), rpc);
      assertTrue(run.out().contains("FAIL  TLS pin"), run.out());
      assertEquals(ExitCode.FAILED, run.exitCode());
    }
  }

  @Test
  void anRpcThatIsAwayIsOneRowWithARemedy() throws Exception {
    CommandRun run =
        check(
            registered(), "--config", file, "--live", "--set", "chain.rpc-urls=http://127.0.0.1:1");
    assertEquals(ExitCode.FAILED, run.exitCode());
    assertTrue(run.out().contains("FAIL  rpc http://127.0.0.1:1: does not answer"), run.out());
  }

  private CommandRun live(NodeParts parts, FakeRpc rpc) {
    return check(parts, "--config", file, "--live", "--set", "chain.rpc-urls=" + rpc.url());
  }

  private static NodeCommand node(NodeStarter starter, ExitHook exitHook) {
    return new NodeCommand(starter, Map.of(), exitHook);
  }

  @Test
  void theExampleConfigurationIsPrinted() {
    CommandRun run = CommandRun.of(node(config -> () -> {}, Thread::start), "--example-config");
    assertEquals(ExitCode.OK, run.exitCode(), run.err());
    assertEquals(ConfigFile.example(), run.out());
  }

  @Test
  void aNodeRunsUntilItIsToldToStopAndIsClosedInOrder() throws Exception {
    CompletableFuture<Thread> hook = new CompletableFuture<>();
    CountDownLatch closed = new CountDownLatch(1);
    CompletableFuture<CommandRun> run =
        CompletableFuture.supplyAsync(() ->
            CommandRun.of(
                node(config -> closed::countDown, hook::complete),
                "--config",
                file,
                "--set",
                "net.port=7009"));
    Thread stop = hook.get(20, TimeUnit.SECONDS);
    assertFalse(run.isDone(), "it runs");
    stop.start();
    assertEquals(ExitCode.OK, run.get(20, TimeUnit.SECONDS).exitCode());
    assertEquals(0, closed.getCount());
  }

  @Test
  void aNodeThatCannotStartSaysWhy() {
    NodeStarter broken =
        config -> {
          throw new IOException("the store is locked by another node: stop it first");
        };
    CommandRun run = CommandRun.of(node(broken, Thread::start), "--config", file);
    assertEquals(ExitCode.FAILED, run.exitCode());
    assertTrue(run.err().contains("locked by another node"), run.err());
  }

  @Test
  void aNodeWithMistakesInItsConfigurationIsNotStarted() {
    NodeStarter never =
        config -> {
          throw new IllegalStateException("started");
        };
    CommandRun run =
        CommandRun.of(node(never, Thread::start), "--config", file, "--set", "net.port=x");
    assertEquals(ExitCode.CONFIG, run.exitCode(), run.err());
  }
}
