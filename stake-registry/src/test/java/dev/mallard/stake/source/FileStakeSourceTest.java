package dev.mallard.stake.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.stake.Epoch;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.Stake;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStakeSourceTest {

  private static final String KEY_0 = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
  private static final String KEY_1 = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
  private static final String TLS_0 = "0x" + "1".repeat(64);
  private static final String TLS_1 = "0x" + "2".repeat(64);
  private static final String MAX_UNITS =
      BigInteger.TWO.pow(256).subtract(BigInteger.ONE).toString();

  private static final String GOOD =
      filled(
          """
          rsm = 31337
          epoch = 3
          fault-model = "bft"

          [[validator]]
          key = "KEY_0"
          stake = "40"
          endpoint = "127.0.0.1:7001"
          tls-key = "TLS_0"

          [[validator]]
          key = "KEY_1"
          stake = 30
          endpoint = "[::1]:7002"
          tls-key = "TLS_1"
          """);

  @TempDir Path folder;

  @Test
  void readsATableWithItsEndpoints() throws IOException {
    FileStakeSource source = FileStakeSource.open(file(GOOD));
    Registry registry = source.registry(new Epoch(3));
    assertEquals(new Epoch(3), source.currentEpoch());
    assertEquals(31337, registry.table().rsm().value());
    assertEquals(FaultModel.bft(Stake.of(70)), registry.table().faultModel());
    assertEquals(Stake.of(40), source.table(new Epoch(3)).stakeOf(0));
    assertEquals(new Endpoint("::1", 7002), registry.entry(1).address().orElseThrow());
    assertEquals(TLS_1, registry.entry(1).tlsKey().toHex());
  }

  @Test
  void readsBothPresetsAndAnExactFaultModel() throws IOException {
    assertEquals(FaultModel.cft(Stake.of(70)), faultModel("fault-model = \"cft\""));
    assertEquals(new FaultModel(Stake.of(30), Stake.of(9)), faultModel("u = \"30\"\nr = 9"));
  }

  @Test
  void holdsOnlyItsOwnEpoch() throws IOException {
    FileStakeSource source = FileStakeSource.open(file(GOOD));
    String message =
        assertThrows(UnknownEpochException.class, () -> source.registry(new Epoch(4))).getMessage();
    assertTrue(String.valueOf(message).contains("no epoch 4; the newest it holds is 3"));
  }

  @Test
  void readsWhatTheWriterWrote() throws IOException {
    List<Registry> registries =
        List.of(
            Registries.bft(40, 30, 20, 10),
            Registries.bft(0, 1),
            Registries.bft(List.of(new Stake(BigInteger.TWO.pow(255)), Stake.of(1))),
            Registries.of(List.of(Stake.of(5), Stake.of(5)), FaultModel.cft(Stake.of(10))),
            Registries.of(List.of(Stake.of(9)), new FaultModel(Stake.of(2), Stake.of(1))),
            Registries.bft(Collections.nCopies(1000, Stake.of(7))));
    Path file = folder.resolve("stake.toml");
    for (Registry registry : registries) {
      StakeFileWriter.write(registry, file);
      assertEquals(registry, FileStakeSource.open(file).registry());
    }
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void reportsEveryMistakeAtOnceWithKeyValueAndRemedy() throws IOException {
    String text =
        filled(
            """
            rsm = 0
            epoch = "one"
            fault-model = "pbft"
            colour = "green"

            [[validator]]
            key = "0xF39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
            stake = "-1"
            endpoint = "127.0.0.1"
            tls-key = "0x1234"

            [[validator]]
            key = "KEY_1"
            stake = 1.5
            endpoint = "host:70000"

            [[validator]]
            key = "KEY_1"
            stake = "MAX_UNITS0"
            endpoint = "host:1"
            tls-key = "TLS_0"
            port = 7
            """);
    assertEquals(
        List.of(
            "colour (line 4)",
            "rsm (line 1)",
            "epoch (line 2)",
            "validator[0].key (line 7)",
            "validator[0].stake (line 8)",
            "validator[0].endpoint (line 9)",
            "validator[0].tls-key (line 10)",
            "validator[1].stake (line 14)",
            "validator[1].endpoint (line 15)",
            "validator[1].tls-key",
            "validator[2].port (line 22)",
            "validator[2].stake (line 19)",
            "validator[2].key (line 18)",
            "fault-model (line 3)"),
        keys(mistakes(text)));
    Mistake stake = mistakes(text).get(4);
    assertEquals("\"-1\"", stake.value());
    assertTrue(stake.remedy().startsWith("write a decimal number from 0 to 2^256-1"));
    assertEquals("(nothing)", mistakes(text).get(9).value());
    String message = refusal(text).getMessage();
    assertTrue(
        String.valueOf(message)
            .contains("validator[2].key (line 18) = \"" + KEY_1 + "\": give each"));
    assertTrue(String.valueOf(message).lines().count() == 15, message);
  }

  @Test
  void reportsAllThatIsMissingInAnEmptyFile() throws IOException {
    assertEquals(List.of("rsm", "epoch", "validator", "fault-model"), keys(mistakes("")));
    assertEquals(
        List.of("validator (line 3)"),
        keys(mistakes("rsm=1\nepoch=1\nvalidator=[]\nfault-model='bft'")));
    assertEquals(
        List.of("validator (line 3)"),
        keys(mistakes("rsm=1\nepoch=1\nvalidator=[1]\nfault-model='bft'")));
    assertEquals(
        List.of("validator (line 3)"),
        keys(mistakes("rsm=1\nepoch=1\nvalidator='x'\nfault-model='bft'")));
  }

  @Test
  void reportsEverySyntaxErrorWithItsLine() throws IOException {
    List<Mistake> mistakes =
        mistakes(GOOD.replace("rsm = 31337", "rsm =").replace("stake = 30", "stake 30"));
    assertEquals(List.of("line 1", "line 13"), keys(mistakes));
    assertTrue(keys(mistakes("rsm = 1\nrsm = 2\n")).contains("line 2"));
  }

  @Test
  void refusesTwoValidatorsThatShareAKeyAnEndpointOrATlsKey() throws IOException {
    assertEquals(
        List.of(
            "validator[1].key (line 12)",
            "validator[1].endpoint (line 14)",
            "validator[1].tls-key (line 15)"),
        keys(
            mistakes(
                GOOD.replace(KEY_1, KEY_0)
                    .replace("[::1]:7002", "127.0.0.1:7001")
                    .replace(TLS_1, TLS_0))));
  }

  @Test
  void refusesTheZeroKeyAndAWrongChecksum() throws IOException {
    assertEquals(
        List.of("validator[0].key (line 6)", "validator[1].tls-key (line 15)"),
        keys(
            mistakes(
                GOOD.replace(KEY_0, "0x" + "0".repeat(40)).replace(TLS_1, "0x" + "0".repeat(64)))));
    assertEquals(
        List.of("validator[0].key (line 6)"), keys(mistakes(GOOD.replace("0xf39Fd6", "0xF39Fd6"))));
  }

  @Test
  void refusesAFaultModelThatTheTotalCannotCarry() throws IOException {
    assertEquals(List.of("u (line 3)"), keys(mistakes(withFaultModel("u = \"30\"\nr = \"10\""))));
    assertEquals(List.of("r (line 4)"), keys(mistakes(withFaultModel("u = \"9\"\nr = \"10\""))));
    assertEquals(List.of("r"), keys(mistakes(withFaultModel("u = \"9\""))));
    assertEquals(List.of("u"), keys(mistakes(withFaultModel("r = 1"))));
    assertEquals(
        List.of("fault-model (line 3)"),
        keys(mistakes(withFaultModel("fault-model = \"bft\"\nu = 23\nr = 23"))));
    assertTrue(
        mistakes(withFaultModel("u = 30\nr = 10"))
            .getFirst()
            .remedy()
            .contains("71 is above the total stake 70"));
  }

  @Test
  void refusesATotalOfZeroOrAbove256Bits() throws IOException {
    String noStake = GOOD.replace("\"40\"", "\"0\"").replace("30\n", "0\n");
    assertEquals(List.of("sum of validator[].stake"), keys(mistakes(noStake)));
    String tooMuch = GOOD.replace("\"40\"", '"' + MAX_UNITS + '"');
    assertEquals(List.of("sum of validator[].stake"), keys(mistakes(tooMuch)));
  }

  @Test
  void refusesAFileThatIsTooLargeOrNoText() throws IOException {
    Path large = folder.resolve("large.toml");
    Files.write(large, new byte[FileStakeSource.FILE_BYTES_MAX + 1]);
    assertTrue(refusal(large).mistakes().getFirst().value().contains("more than"));
    Path binary = folder.resolve("binary.toml");
    Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertTrue(refusal(binary).mistakes().getFirst().value().contains("UTF-8"));
    assertThrows(
        NoSuchFileException.class, () -> FileStakeSource.open(folder.resolve("none.toml")));
  }

  @Test
  void showsHostileValuesShortenedAndWithoutControlCharacters() throws IOException {
    String hostile = "\\u001b[31m" + "x".repeat(10_000);
    Mistake mistake = mistakes(GOOD.replace("127.0.0.1:7001", hostile)).getFirst();
    assertTrue(mistake.value().startsWith("\"?[31mxx"));
    assertTrue(mistake.toString().length() < 400);
  }

  private static String filled(String template) {
    return template
        .replace("KEY_0", KEY_0)
        .replace("KEY_1", KEY_1)
        .replace("TLS_0", TLS_0)
        .replace("TLS_1", TLS_1)
        .replace("MAX_UNITS", MAX_UNITS);
  }

  private FaultModel faultModel(String lines) throws IOException {
    return FileStakeSource.open(file(withFaultModel(lines))).registry().table().faultModel();
  }

  private static String withFaultModel(String lines) {
    return GOOD.replace("fault-model = \"bft\"", lines);
  }

  private List<Mistake> mistakes(String text) throws IOException {
    return refusal(text).mistakes();
  }

  private InvalidStakeTableException refusal(String text) throws IOException {
    return refusal(file(text));
  }

  private static InvalidStakeTableException refusal(Path file) {
    return assertThrows(InvalidStakeTableException.class, () -> FileStakeSource.open(file));
  }

  private static List<String> keys(List<Mistake> mistakes) {
    return new ArrayList<>(mistakes.stream().map(Mistake::key).toList());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("stake.toml"), text);
  }
}
