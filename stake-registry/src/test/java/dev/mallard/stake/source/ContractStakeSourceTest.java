package dev.mallard.stake.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.stake.Epoch;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTables;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.crypto.Hash;
import org.web3j.protocol.Web3j;

class ContractStakeSourceTest {

  private static final String EPOCH = "eth_call:" + selector("epoch()");
  private static final String TABLE = "eth_call:" + selector("table(uint64)");

  private final FakeChainRpc rpc = new FakeChainRpc();
  private final StakeSource source =
      new ContractStakeSource(Web3j.build(rpc), StakeTables.key(99), new RsmId(31337));

  @BeforeEach
  void answersAsAHealthyChain() {
    rpc.result("eth_chainId", "\"0x7a69\"");
    rpc.result("eth_getBlockByNumber", "{\"number\":\"0x2a\"}");
    rpc.result(EPOCH, quoted(FunctionEncoder.encodeConstructor(List.of(new Uint64(3)))));
    rpc.result(TABLE, quoted(EncodedRegistry.encoded(Registries.bft(40, 30, 20, 10))));
  }

  @Test
  void readsTheTableThatTheContractHolds() throws IOException {
    assertEquals(new Epoch(3), source.currentEpoch());
    assertEquals(Registries.bft(40, 30, 20, 10), source.registry(new Epoch(3)));
    assertEquals(Stake.of(20), source.table(new Epoch(3)).stakeOf(2));
  }

  @Test
  void readsEverythingAtOneFinalizedBlock() throws IOException {
    source.registry(new Epoch(3));
    assertTrue(rpc.requests().get(1).contains("\"finalized\""));
    List<String> calls = rpc.requests().stream().filter(r -> r.contains("eth_call")).toList();
    assertEquals(2, calls.size());
    assertTrue(calls.stream().allMatch(call -> call.contains("\"0x2a\"")));
  }

  @Test
  void readsAThousandValidators() throws IOException {
    Registry many = Registries.bft(new java.util.Random(7).longs(1000, 1, 1L << 50).toArray());
    rpc.result(TABLE, quoted(EncodedRegistry.encoded(many)));
    assertEquals(many, source.registry(new Epoch(3)));
  }

  @Test
  void keepsTheTableWhenOneValidatorRegisteredNonsenseAsItsEndpoint() throws IOException {
    for (String nonsense : List.of("", "no port", "x".repeat(5000), "\u001b[2J:1", "héte:1")) {
      rpc.result(TABLE, quoted(EncodedRegistry.encoded(Registries.bft(40, 30), nonsense)));
      Registry registry = source.registry(new Epoch(3));
      assertTrue(registry.entry(0).address().isEmpty());
      assertEquals("127.0.0.1:7001", registry.entry(1).endpoint());
    }
  }

  @Test
  void refusesAnEpochThatIsNotFinalizedYet() {
    assertThrows(UnknownEpochException.class, () -> source.registry(new Epoch(4)));
  }

  @Test
  void namesWhatIsWrongWithTheChainOrTheContract() {
    rpc.error(TABLE, "execution reverted");
    assertTrue(failure().contains("execution reverted"));
    rpc.result(TABLE, "\"0x\"");
    assertTrue(failure().contains("is no contract"));
    rpc.result(EPOCH, quoted("0".repeat(64)));
    assertTrue(failure().contains("no epoch yet"));
    rpc.result("eth_getBlockByNumber", "null");
    assertTrue(failure().contains("no finalized block yet"));
    rpc.result("eth_chainId", "\"0x1\"");
    assertTrue(failure().contains("serves chain 1, not 31337"));
    rpc.result("eth_chainId", "<html>");
    assertTrue(failure().contains("eth_chainId failed"));
  }

  @Test
  void refusesAFaultModelThatTheTableCannotCarry() {
    String table = EncodedRegistry.encoded(Registries.bft(40, 30, 20, 10));
    String u = word(33);
    rpc.result(TABLE, quoted(table.replaceFirst(u, word(34))));
    assertTrue(failure().contains("2u + r + 1 = 102"));
    rpc.result(TABLE, quoted(table.replaceFirst(u, word(32))));
    assertTrue(failure().contains("u = 32 is below r = 33"));
  }

  @Test
  void refusesLengthsThatTheAnswerDoesNotHaveWithoutAllocatingThem() {
    String table = EncodedRegistry.encoded(Registries.bft(40, 30, 20, 10));
    String count = word(4);
    for (String claimed : List.of(word(Integer.MAX_VALUE), "f".repeat(64), word(5))) {
      rpc.result(TABLE, quoted(table.replaceFirst(count, claimed)));
      assertTrue(failure().contains("answers no stake table"));
    }
  }

  @Test
  void decodesWhatTheAbiEncoderWrites() throws IOException {
    Registry registry =
        Registries.of(List.of(Stake.of(1), Stake.of(2)), new FaultModel(Stake.of(1), Stake.ZERO));
    RegistryAnswer answer =
        RegistryAnswer.decode(HexFormat.of().parseHex(EncodedRegistry.encoded(registry)));
    assertEquals(registry.entries(), answer.entries());
    assertEquals(registry.table().faultModel(), answer.faultModel());
  }

  private String failure() {
    return String.valueOf(
        assertThrows(IOException.class, () -> source.registry(new Epoch(3))).getMessage());
  }

  private static String word(long value) {
    return "0".repeat(48) + HexFormat.of().toHexDigits(value);
  }

  private static String quoted(String hex) {
    return "\"0x" + hex + '"';
  }

  private static String selector(String signature) {
    return Hash.sha3String(signature).substring(0, 10);
  }
}
