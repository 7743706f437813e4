package dev.mallard.chain.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.chain.ChainConnector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hints over a WebSocket that comes and goes. */
@Tag("G-2")
final class HeadHintsTest {
  static EvmOptions withHints(EvmOptions options, int port) {
    return new EvmOptions(
        options.chain(),
        options.rpcUrls(),
        Optional.of(URI.create("ws://127.0.0.1:" + port)),
        options.outbox(),
        options.inbox(),
        options.deploymentBlock(),
        options.headAgeMax(),
        options.limits(),
        options.fees());
  }

  /** Mines until a hint comes: the subscription may take a moment. */
  private static void requireHint(Anvil anvil, Semaphore hints) throws Exception {
    hints.drainPermits();
    Eventually.is(
        "a hint",
        Duration.ofSeconds(10),
        () -> {
          anvil.mine(1);
          return hints.tryAcquire(100, TimeUnit.MILLISECONDS);
        });
  }

  @Test
  void hintsComeAgainAfterTheConnectionWasCut(@TempDir Path folder) throws Exception {
    try (Anvil anvil = Anvil.start(folder, 7001);
        TcpRelay relay = new TcpRelay(anvil.port())) {
      EvmOptions options = new TestBridge(anvil).options(List.of(anvil.url()));
      try (ChainConnector chain = TestBridge.connector(withHints(options, relay.port()))) {
        Semaphore hints = new Semaphore(0);
        chain.onHeadHint(hints::release);
        requireHint(anvil, hints);
        relay.cutAll();
        requireHint(anvil, hints);
        relay.refuse(true);
        relay.cutAll();
        int before = relay.connections();
        Eventually.is(
            "further attempts", Duration.ofSeconds(10), () -> relay.connections() > before + 2);
        assertEquals(anvil.blockNumber(), chain.heads().latest().ref().number());
        relay.refuse(false);
        requireHint(anvil, hints);
      }
    }
  }

  @Test
  void chainThatIsAwayAtFirstIsFoundLater(@TempDir Path folder) throws Exception {
    try (Anvil anvil = Anvil.start(folder, 7001)) {
      EvmOptions options = new TestBridge(anvil).options(List.of(anvil.url()));
      anvil.stop();
      try (ChainConnector chain = TestBridge.connector(withHints(options, anvil.port()))) {
        Semaphore hints = new Semaphore(0);
        chain.onHeadHint(hints::release);
        anvil.startAgain();
        requireHint(anvil, hints);
        assertTrue(chain.heads().latest().ref().number() > 0);
      }
    }
  }

  @Test
  void connectionThatFellSilentIsGivenUp(@TempDir Path folder) throws Exception {
    try (Anvil anvil = Anvil.start(folder, 7001);
        TcpRelay relay = new TcpRelay(anvil.port())) {
      EvmOptions options = new TestBridge(anvil).options(List.of(anvil.url()));
      try (ChainConnector chain = TestBridge.connector(withHints(options, relay.port()))) {
        Semaphore hints = new Semaphore(0);
        chain.onHeadHint(hints::release);
        requireHint(anvil, hints);
        relay.mute(true);
        int before = relay.connections();
        Eventually.is(
            "a new connection", Duration.ofSeconds(15), () -> relay.connections() > before);
        relay.mute(false);
        requireHint(anvil, hints);
      }
    }
  }

  @Test
  void quietChainKeepsItsConnection(@TempDir Path folder) throws Exception {
    try (Anvil anvil = Anvil.start(folder, 7001);
        TcpRelay relay = new TcpRelay(anvil.port())) {
      EvmOptions options = new TestBridge(anvil).options(List.of(anvil.url()));
      try (ChainConnector chain = TestBridge.connector(withHints(options, relay.port()))) {
        Semaphore hints = new Semaphore(0);
        chain.onHeadHint(hints::release);
        requireHint(anvil, hints);
        hints.drainPermits();
        boolean hinted = hints.tryAcquire(4, TimeUnit.SECONDS);
        assertEquals(false, hinted, "nothing happened on the chain");
        assertEquals(1, relay.connections());
      }
    }
  }
}
