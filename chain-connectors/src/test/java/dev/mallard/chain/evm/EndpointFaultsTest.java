package dev.mallard.chain.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.chain.ChainConnector;
import dev.mallard.chain.ChainHeads;
import dev.mallard.chain.ChainHealth;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxRead;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Endpoints that fail, lie about their chain or fall behind (DESIGN section 6). */
final class EndpointFaultsTest {
  @AutoClose private Anvil anvil;
  private TestBridge bridge;
  @AutoClose private MisbehavingRpc proxy;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    anvil = Anvil.start(folder, 7001);
    bridge = new TestBridge(anvil);
    proxy = MisbehavingRpc.before(anvil);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  @Tag("G-2")
  @Tag("G-4")
  void faultIsReportedInBoundedTimeAndForgottenWhenItEnds(MisbehavingRpc.Fault fault)
      throws Exception {
    try (ChainConnector chain = bridge.connector(proxy.url())) {
      chain.heads();
      proxy.with(fault);
      long began = System.nanoTime();
      ChainUnavailableException e = assertThrows(ChainUnavailableException.class, chain::heads);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      assertTrue(took.compareTo(Duration.ofSeconds(3)) < 0, fault + " took " + took);
      assertTrue(e.getMessage().contains(proxy.url().toString()), e.getMessage());
      assertEquals(1, chain.health().endpoints().getFirst().failures());
      proxy.honest();
      assertEquals(anvil.blockNumber(), chain.heads().latest().ref().number());
      assertEquals("", chain.health().endpoints().getFirst().lastError());
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  @Tag("G-2")
  void anotherEndpointTakesOverAndStays(MisbehavingRpc.Fault fault) throws Exception {
    try (ChainConnector chain = bridge.connector(proxy.url(), anvil.url())) {
      chain.heads();
      assertEquals(proxy.url().toString(), active(chain));
      proxy.with(fault);
      assertEquals(anvil.blockNumber(), chain.heads().latest().ref().number());
      assertEquals(anvil.url().toString(), active(chain));
      proxy.honest();
      long before = proxy.requests();
      chain.heads();
      assertEquals(before, proxy.requests(), "the one that works stays in use");
    }
  }

  private static String active(ChainConnector chain) {
    return chain.health().endpoints().stream()
        .filter(ChainHealth.Endpoint::active)
        .map(ChainHealth.Endpoint::url)
        .toList()
        .getFirst();
  }

  @Test
  void endpointOfAnotherChainIsNamedAndNotUsed(@TempDir Path other) throws Exception {
    try (Anvil wrong = Anvil.start(other, 7009);
        ChainConnector lost = bridge.connector(wrong.url());
        ChainConnector chain = bridge.connector(wrong.url(), anvil.url())) {
      ChainUnavailableException e = assertThrows(ChainUnavailableException.class, lost::heads);
      assertTrue(e.getMessage().contains("serves chain 7009, not 7001"), e.getMessage());
      assertEquals(anvil.blockNumber(), chain.heads().latest().ref().number());
    }
  }

  @Test
  void credentialsOfAnEndpointNeverShow() {
    URI secret = URI.create("http://user:topsecret@127.0.0.1:1/v3/apikey?token=hidden");
    try (ChainConnector chain = bridge.connector(secret)) {
      ChainUnavailableException e = assertThrows(ChainUnavailableException.class, chain::heads);
      String shown = e.getMessage() + chain.health();
      assertTrue(shown.contains("http://127.0.0.1:1/…"), shown);
      for (String part : List.of("topsecret", "apikey", "hidden", "user")) {
        assertFalse(shown.contains(part), shown);
      }
    }
  }

  @Test
  @Tag("OUT-2")
  void finalizedHeadNeverGoesBack() throws Exception {
    try (ChainConnector chain = bridge.connector(proxy.url());
        ChainConnector both = bridge.connector(proxy.url(), anvil.url())) {
      JsonNode old = anvil.rpc("eth_getBlockByNumber", "finalized", false);
      anvil.mine(5);
      ChainHeads seen = chain.heads();
      both.heads();
      proxy.with((method, params, answer) -> {
        if (params.toString().contains("finalized")) {
          answer.set("result", old);
        }
      });
      ChainUnavailableException e = assertThrows(ChainUnavailableException.class, chain::heads);
      assertTrue(e.getMessage().contains("stale"), e.getMessage());
      assertEquals(seen.finalized(), both.heads().finalized());
      assertEquals(anvil.url().toString(), active(both));
    }
  }

  @Test
  void endpointWhoseHeadIsOldIsLeftForAFresherOne() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    EvmOptions both = bridge.options(List.of(proxy.url(), anvil.url()));
    JsonNode old = anvil.rpc("eth_getBlockByNumber", "latest", false);
    try (ChainConnector chain = aged(both, now::get)) {
      anvil.rpc("evm_setNextBlockTimestamp", now.get().getEpochSecond() + 7200);
      anvil.mine(1);
      now.set(now.get().plusSeconds(7200));
      proxy.with((method, params, answer) -> {
        if (params.toString().contains("latest")) {
          answer.set("result", old);
        }
      });
      assertEquals(anvil.blockNumber(), chain.heads().latest().ref().number());
      assertEquals(anvil.url().toString(), active(chain));
      now.set(now.get().plusSeconds(7200));
      assertEquals(
          anvil.blockNumber(),
          chain.heads().latest().ref().number(),
          "a chain that halted is still shown");
    }
  }

  private static ChainConnector aged(EvmOptions options, InstantSource clock) {
    return new EvmConnector(
        options,
        new KeccakAccumulator(),
        new CredentialsSigner(TestBridge.KEY),
        new InboxGas(),
        clock);
  }

  @Test
  @Tag("G-2")
  void blockThatIsNotThereYetIsAskedForAgain() throws Exception {
    AtomicReference<Integer> refusals = new AtomicReference<>(2);
    proxy.with((method, params, answer) -> {
      if (method.equals("eth_call") && refusals.getAndUpdate(n -> n - 1) > 0) {
        answer.remove("result");
        answer.putObject("error").put("code", -32000).put("message", "header not found");
      }
    });
    try (ChainConnector chain = bridge.connector(proxy.url())) {
      assertEquals(0, chain.inbox(bridge.incoming(), chain.heads().latest().ref()).count());
    }
  }

  @Test
  @Tag("CATCH-1")
  @Tag("G-2")
  void chainThatStopsAndComesBackIsReadOn() throws Exception {
    try (ChainConnector chain = bridge.connector(anvil.url())) {
      OutboxCursor start = chain.start(bridge.outgoing());
      bridge.send(1);
      anvil.mine(2);
      OutboxCursor one =
          assertInstanceOf(
                  OutboxRead.Progress.class,
                  chain.readOutbox(bridge.outgoing(), start, chain.heads().finalized(), 8))
              .next();
      anvil.stop();
      assertThrows(ChainUnavailableException.class, chain::heads);
      anvil.startAgain();
      bridge.send(2);
      anvil.mine(2);
      OutboxRead.Progress after =
          assertInstanceOf(
              OutboxRead.Progress.class,
              chain.readOutbox(bridge.outgoing(), one, chain.heads().finalized(), 8));
      assertEquals(3, after.next().count());
    }
  }

  @Test
  void noContractAtTheAddressSaysWhatToDo() throws Exception {
    EvmOptions options = bridge.options(List.of(anvil.url()));
    EvmOptions wrong =
        new EvmOptions(
            options.chain(),
            options.rpcUrls(),
            Optional.empty(),
            TestBridge.OTHER_ADDRESS,
            TestBridge.OTHER_ADDRESS,
            0,
            options.headAgeMax(),
            options.limits(),
            options.fees());
    try (ChainConnector chain = TestBridge.connector(wrong)) {
      ChainUnavailableException start =
          assertThrows(ChainUnavailableException.class, () -> chain.start(bridge.outgoing()));
      assertTrue(start.getMessage().contains("check the Outbox' address"), start.getMessage());
      ChainUnavailableException inbox =
          assertThrows(
              ChainUnavailableException.class,
              () -> chain.inbox(bridge.incoming(), chain.heads().latest().ref()));
      assertTrue(inbox.getMessage().contains("check the Inbox' address"), inbox.getMessage());
    }
  }
}
