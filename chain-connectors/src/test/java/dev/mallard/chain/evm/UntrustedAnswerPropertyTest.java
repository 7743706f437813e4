package dev.mallard.chain.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.tuweni.bytes.Bytes;

/** Whatever an RPC answers is a value or a fault of that endpoint, never a crash ([G-4]). */
final class UntrustedAnswerPropertyTest {
  private static final BridgeAddress CONTRACT = TestBridge.OTHER_ADDRESS;
  private static final String LOG =
      ("[{'address':'%s','topics':['%s','%s','%s','%s'],'data':'0x%s','blockNumber':'0x7',"
              + "'blockHash':'%s','transactionHash':'%s','logIndex':'0x1','removed':false}]")
          .replace('\'', '"');

  private final JsonRpcWire wire = new JsonRpcWire();

  /** Runs it; only faults of the endpoint may come out. */
  private static void onlyFaults(Reading reading) {
    try {
      reading.run();
    } catch (EndpointFaultException expected) {
      assertEquals(false, String.valueOf(expected.getMessage()).isEmpty());
    }
  }

  private interface Reading {
    void run() throws EndpointFaultException;
  }

  @Property(tries = 2000)
  @Tag("G-4")
  void bytesAreNoCrash(
      @ForAll @Size(max = 200) byte[] body, @ForAll @IntRange(min = 1, max = 3) int calls) {
    onlyFaults(() -> wire.decode(body, calls));
  }

  @Property(tries = 2000)
  @Tag("G-4")
  void jsonOfAnyShapeIsNoCrash(@ForAll @From("json") String body) {
    onlyFaults(() -> wire.decode(body.getBytes(StandardCharsets.UTF_8), 1));
    onlyFaults(() -> wire.decode(("[" + body + "]").getBytes(StandardCharsets.UTF_8), 1));
    RpcAnswer answer = answer(body);
    onlyFaults(() -> BlockReader.head(answer, "x"));
    onlyFaults(() -> LogRecord.read(answer, CONTRACT, List.of(BridgeAbi.SENT), Hash32.ZERO));
    onlyFaults(() -> Preflight.isKnown(answer));
    onlyFaults(() -> PriceTag.read(List.of(answer, answer)));
  }

  @Provide
  Arbitrary<String> json() {
    Arbitrary<String> leaf =
        Arbitraries.of(
            "null",
            "true",
            "-1",
            "1e999",
            "99999999999999999999",
            "\"\"",
            "\"0x\"",
            "\"0x1\"",
            "\"0xzz\"",
            "\"0x" + "f".repeat(64) + "\"",
            "\"0x" + "f".repeat(70) + "\"",
            "[]",
            "{}");
    Arbitrary<String> key =
        Arbitraries.of(
            "id",
            "result",
            "error",
            "code",
            "message",
            "data",
            "number",
            "hash",
            "parentHash",
            "timestamp",
            "topics",
            "address",
            "blockNumber",
            "blockHash",
            "logIndex",
            "removed",
            "transactionHash",
            "baseFeePerGas");
    return Arbitraries.recursive(
        () -> leaf,
        inner -> {
          Arbitrary<String> field =
              net.jqwik.api.Combinators.combine(key, inner).as((k, v) -> "\"" + k + "\":" + v);
          Arbitrary<String> object =
              field.list().ofMaxSize(9).map(fields -> "{" + String.join(",", fields) + "}");
          Arbitrary<String> list =
              inner.list().ofMaxSize(3).map(items -> "[" + String.join(",", items) + "]");
          return Arbitraries.oneOf(object, list);
        },
        0,
        3);
  }

  private RpcAnswer answer(String result) {
    try {
      byte[] body = ("{\"id\":0,\"result\":" + result + "}").getBytes(StandardCharsets.UTF_8);
      return wire.decode(body, 1).getFirst();
    } catch (EndpointFaultException e) {
      return new RpcAnswer.Failure(0, "", "");
    }
  }

  @Property(tries = 2000)
  @Tag("G-4")
  void abiDataIsNoCrash(
      @ForAll @Size(max = 320) byte[] data, @ForAll @IntRange(max = 12) int word) {
    AbiReader reader = new AbiReader(data);
    onlyFaults(() -> reader.dynamicBytes(word));
    onlyFaults(() -> reader.addresses(word));
    onlyFaults(() -> reader.numbers(word, 96));
    onlyFaults(() -> reader.hash(word));
    onlyFaults(() -> reader.bool(word));
  }

  @Property(tries = 2000)
  @Tag("G-4")
  void abiOffsetsAndLengthsAreNoCrash(
      @ForAll @Size(min = 7, max = 12) List<@From("words") String> words) {
    String data = String.join("", words);
    String log =
        String.format(
            Locale.ROOT,
            LOG,
            CONTRACT,
            BridgeAbi.SENT,
            Hash32.ZERO,
            Hash32.ZERO,
            Hash32.ZERO,
            data,
            Hash32.ZERO,
            Hash32.ZERO);
    RpcAnswer answer = answer(log);
    onlyFaults(() -> {
      for (LogRecord record :
          LogRecord.read(answer, CONTRACT, List.of(BridgeAbi.SENT), Hash32.ZERO)) {
        SentLog.read(record);
      }
    });
    AbiReader reader = new AbiReader(Bytes.fromHexString(data).toArray());
    for (int word = 0; word < words.size(); word++) {
      int at = word;
      onlyFaults(() -> reader.dynamicBytes(at));
      onlyFaults(() -> reader.addresses(at));
      onlyFaults(() -> reader.numbers(at, 96));
    }
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.of(
            0L,
            1L,
            2L,
            31L,
            32L,
            64L,
            96L,
            160L,
            224L,
            256L,
            383L,
            384L,
            0x7fffffffL,
            0x80000000L,
            0xffffffffL,
            Long.MAX_VALUE,
            -1L)
        .map(value -> String.format(Locale.ROOT, "%064x", value));
  }

  @Property(tries = 20)
  void deepNestingIsNoStackOverflow(@ForAll @IntRange(min = 400, max = 100_000) int depth) {
    byte[] body = ("{\"id\":0,\"result\":" + "[".repeat(depth)).getBytes(StandardCharsets.UTF_8);
    assertThrows(EndpointFaultException.class, () -> wire.decode(body, 1));
  }
}
