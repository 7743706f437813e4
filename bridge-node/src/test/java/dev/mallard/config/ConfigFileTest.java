package dev.mallard.config;

import static dev.mallard.config.ConfigFolder.mistakes;
import static dev.mallard.config.ConfigFolder.sound;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.c3b.C3bParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigFileTest {
  @TempDir private Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private ConfigFolder example;

  @BeforeEach
  void writeExample() throws IOException {
    example = new ConfigFolder(folder);
  }

  @Test
  void theExampleIsSoundAndItsPathsStartAtItsFolder() {
    NodeConfig config = sound(example.read());
    assertEquals(folder.resolve("data").toAbsolutePath(), config.dataFolder());
    assertEquals(folder.resolve("bridge-key.json").toAbsolutePath(), config.identity().keystore());
    assertEquals(31337, config.chain().id().value());
    assertEquals("127.0.0.1", config.api().host());
    assertEquals(Optional.empty(), config.api().tokenFile());
    assertEquals(C3bParameters.defaults(), config.c3b());
  }

  @Test
  void everyKeyIsInTheExampleAndEveryDefaultThereIsTheOneUsed() throws IOException {
    String text = ConfigFile.example();
    String uncommented = text.replaceAll("(?m)^# ([a-z-]+) = ([0-9]+|\"[0-9.]+\")$", "$1 = $2");
    assertEquals(sound(example.read()), sound(reread(uncommented)));
    for (ConfigKey key : ConfigKey.values()) {
      String last = key.key().substring(key.key().indexOf('.') + 1);
      assertTrue(text.matches("(?s).*\n(# )?" + last + " = .*"), key.key() + " is undocumented");
    }
  }

  private ConfigReading reread(String text) throws IOException {
    example.write("node.toml", text);
    return example.read();
  }

  @Test
  void theExampleInTheDocsIsTheOneInTheJar() throws IOException {
    Path docs = Path.of("").toAbsolutePath().resolveSibling("docs/node.example.toml");
    assertEquals(ConfigFile.example(), Files.readString(docs));
  }

  @Test
  void flagsGoAboveTheEnvironmentAndTheEnvironmentAboveTheFile() {
    Map<String, String> environment =
        Map.of("MALLARD_NET_PORT", "7002", "MALLARD_API_PORT", "8002");
    NodeConfig config = sound(example.read(environment, Map.of("net.port", "7003")));
    assertEquals(7003, config.net().port());
    assertEquals(8002, config.api().port());
  }

  @Test
  void aListInAVariableIsSeparatedByCommas() {
    NodeConfig config =
        sound(example.read(Map.of("MALLARD_CHAIN_RPC_URLS", "http://a:1,https://b:2"), Map.of()));
    assertEquals(2, config.chain().rpcUrls().size());
  }

  @Test
  void everyMistakeIsReportedAtOnce() throws IOException {
    example
        .with("port = 7001", "port = 70010")
        .with("inbox = \"0x0000000000000000000000000000000000000a02\"", "inbox = \"0x12\"")
        .with("id = 31338", "")
        .with("keystore = ", "keystore = \"gone.json\"")
        .with("# phi-bits", "phi-bits = 2000")
        .with("# takeover-blocks", "takeover-block = 5");
    List<String> found = mistakes(example.read(Map.of("MALLARD_API_PROT", "1"), Map.of()));
    assertEquals(7, found.size(), found::toString);
    assertTrue(
        found.stream().anyMatch(m -> m.matches("net\\.port \\(line \\d+\\) = 70010: .*1 to 65535")),
        found::toString);
    assertTrue(has(found, "chain.inbox", "0x12", "40 hex digits"), found::toString);
    assertTrue(has(found, "remote.id", "(nothing)", "write a number"), found::toString);
    assertTrue(has(found, "identity.keystore", "gone.json", "keystore"), found::toString);
    assertTrue(
        has(found, "c3b.phi-bits", "2000", "at most c3b.window-bundles, which is 1024"),
        found::toString);
    assertTrue(
        has(found, "delivery.takeover-block ", "did you mean delivery.takeover-blocks?", ""),
        found::toString);
    assertTrue(
        has(found, "MALLARD_API_PROT", "did you mean MALLARD_API_PORT?", ""), found::toString);
  }

  private static boolean has(List<String> mistakes, String... parts) {
    return mistakes.stream().anyMatch(m -> List.of(parts).stream().allMatch(m::contains));
  }

  @Test
  void noMistakeShowsASecret() throws IOException {
    example
        .with("password-file", "password-file = \"hunter2\"")
        .with("rpc-urls", "rpc-urls = \"ftp://user:hunter2@host/hunter2\"")
        .with(
            "# web-socket-url",
            "web-socket-url = \"http://user:hunter2@host:1/v3/hunter2?key=hunter2\"")
        .with("# payout", "passwd = \"hunter2\"")
        .with("# token-file", "token-file = \"hunter2\"");
    List<String> found =
        mistakes(example.read(Map.of("MALLARD_API_TOKEN", "hunter2"), Map.of("x", "hunter2")));
    assertEquals(7, found.size(), found::toString);
    assertFalse(found.toString().contains("hunter2"), found::toString);
    assertTrue(has(found, "http://host:1/…"), found::toString);
  }

  @Test
  void aSyntaxErrorNamesItsLineAndShowsNoSecret() throws IOException {
    example.with("password-file", "password-file = hunter2-hunter2");
    List<String> found = mistakes(example.read());
    assertTrue(found.getFirst().startsWith("line "), found::toString);
    assertFalse(found.toString().contains("hunter2"), found::toString);
  }

  @Test
  void anAddressWithAWrongChecksumIsRefused() throws IOException {
    example.with("outbox", "outbox = \"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\"");
    assertEquals(
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        sound(example.read()).chain().outbox().toHex());
    example.with("outbox", "outbox = \"0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\"");
    assertTrue(has(mistakes(example.read()), "chain.outbox", "EIP-55"));
  }

  @Test
  void anOpenAddressNeedsAToken() throws IOException {
    example.with("# host", "host = \"0.0.0.0\"");
    assertTrue(has(mistakes(example.read()), "api.token-file", "0.0.0.0"));
    example.with("# token-file", "token-file = \"api.token\"");
    assertFalse(sound(example.read()).api().isLoopback());
    example.write("api.token", "short");
    assertTrue(has(mistakes(example.read()), "api.token-file", "24"));
  }

  @Test
  void relationsBetweenKeysAreChecked() throws IOException {
    example
        .with("id = 31338", "id = 31337")
        .with("port = 8001", "port = 7001")
        .with("# head-age-seconds-max", "head-age-seconds-max = 2")
        .with("# poll-millis", "poll-millis = 3000")
        .with("registry", "registry = \"0x0000000000000000000000000000000000000a01\"")
        .with("# loss-timeout-millis-max", "loss-timeout-millis-max = 2000")
        .with("# heartbeat-millis", "heartbeat-millis = 50");
    List<String> found = mistakes(example.read());
    assertTrue(has(found, "remote.id", "chain.id"), found::toString);
    assertTrue(has(found, "remote.validators-file: rsm", "31338", "31337"), found::toString);
    assertTrue(has(found, "api.port", "net.port"), found::toString);
    assertTrue(has(found, "chain.head-age-seconds-max", "poll-millis"), found::toString);
    assertTrue(has(found, "chain.registry", "twice"), found::toString);
    assertTrue(
        has(found, "c3b.loss-timeout-millis-max", "c3b.loss-timeout-millis-initial"),
        found::toString);
    assertTrue(has(found, "c3b.heartbeat-millis", "c3b.ack-interval-millis"), found::toString);
    assertEquals(7, found.size(), found::toString);
  }

  @Test
  void mistakesInTheValidatorsFileAreReportedWithTheRest() throws IOException {
    example.write("remote-validators.toml", "rsm = 31338\nepoch = 0\n");
    List<String> found = mistakes(example.read());
    assertTrue(has(found, "remote.validators-file: epoch"), found::toString);
    assertTrue(has(found, "remote.validators-file: validator"), found::toString);
  }

  @Test
  void aFileThatIsMissingIsOneMistake() {
    ConfigReading reading = ConfigFile.read(folder.resolve("gone.toml"), Map.of(), Map.of());
    List<String> found = mistakes(reading);
    assertEquals(1, found.size(), found::toString);
    assertTrue(has(found, "--config", "gone.toml", "--example-config"), found::toString);
  }
}
