package dev.mallard.chain.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.chain.ChainConnector;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxRead;
import dev.mallard.stake.Hash32;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Readings of the Outbox that do not fit together, and reorganisations ([OUT-2]). */
@Tag("OUT-2")
final class OutboxFaultsTest {
  private static final String SOME_HASH = "0x" + "ab".repeat(32);

  @AutoClose private Anvil anvil;
  private TestBridge bridge;
  @AutoClose private MisbehavingRpc proxy;
  @AutoClose private ChainConnector chain;
  private OutboxCursor start;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    anvil = Anvil.start(folder, 7001);
    bridge = new TestBridge(anvil);
    proxy = MisbehavingRpc.before(anvil);
    chain = bridge.connector(proxy.url());
    start = chain.start(bridge.outgoing());
  }

  private OutboxRead read(ChainConnector from, OutboxCursor cursor) throws Exception {
    return from.readOutbox(bridge.outgoing(), cursor, from.heads().finalized(), 16);
  }

  /** While the proxy lies the read is suspect; then another endpoint, or the truth, is believed. */
  private void requireSuspectUntilHonest(MisbehavingRpc.Lie lie) throws Exception {
    proxy.with(lie);
    OutboxRead.Suspect suspect = assertInstanceOf(OutboxRead.Suspect.class, read(chain, start));
    assertFalse(suspect.reason().isEmpty());
    assertTrue(chain.health().suspectReads() > 0);
    try (ChainConnector both = bridge.connector(proxy.url(), anvil.url())) {
      assertInstanceOf(OutboxRead.Progress.class, read(both, start));
      assertEquals(1, both.health().suspectReads());
    }
    proxy.honest();
    assertInstanceOf(OutboxRead.Progress.class, read(chain, start));
  }

  private static boolean isLogs(String method) {
    return method.equals("eth_getLogs");
  }

  /** A node that lags once behind the head that it names, or that answers from a stale cache. */
  @Test
  @Tag("G-1")
  void whatAStaleCountHidBehindTheCursorIsReadOnceTheCountIsRight() throws Exception {
    bridge.send(3);
    anvil.mine(2);
    proxy.with((method, params, answer) -> {
      if (method.equals("eth_call")) {
        answer.put("result", "0x" + "00".repeat(64));
      }
    });
    OutboxRead.Progress nothing = assertInstanceOf(OutboxRead.Progress.class, read(chain, start));
    assertEquals(0, nothing.next().count());
    assertTrue(nothing.next().block().number() > start.block().number());
    proxy.honest();
    anvil.mine(2);
    OutboxRead.Progress found =
        assertInstanceOf(OutboxRead.Progress.class, read(chain, nothing.next()));
    assertEquals(3, found.next().count());
  }

  @Test
  @Tag("G-1")
  void allLogsDroppedAreMissed() throws Exception {
    bridge.send(3);
    anvil.mine(2);
    requireSuspectUntilHonest((method, params, answer) -> {
      if (isLogs(method)) {
        answer.putArray("result");
      }
    });
  }

  @Test
  @Tag("G-1")
  void oneLogDroppedIsMissedWhereverItWas() throws Exception {
    bridge.send(3);
    bridge.send(3);
    anvil.mine(2);
    for (int dropped = 0; dropped < 3; dropped++) {
      int at = dropped;
      requireSuspectUntilHonest((method, params, answer) -> {
        if (isLogs(method) && answer.get("result").size() == 3) {
          ((ArrayNode) answer.get("result")).remove(at);
        }
      });
    }
  }

  @Test
  @Tag("G-1")
  @Tag("CATCH-1")
  void logsDroppedAfterALongAbsenceAreMissed() throws Exception {
    anvil.mine(60);
    bridge.send(2);
    bridge.send(2);
    anvil.mine(60);
    requireSuspectUntilHonest((method, params, answer) -> {
      if (isLogs(method) && answer.get("result").size() > 1) {
        ((ArrayNode) answer.get("result")).remove(1);
      }
    });
  }

  @Test
  @Tag("G-1")
  void changedEntryDoesNotGiveTheAccumulator() throws Exception {
    bridge.send(1);
    anvil.mine(2);
    requireSuspectUntilHonest(
        MisbehavingRpc.Lie.aboutFirstLog(
            log -> log.put("data", log.get("data").stringValue().replaceFirst("c350", "c351"))));
  }

  @Test
  void logsOfAnotherBlockAreRefused() throws Exception {
    bridge.send(1);
    anvil.mine(2);
    requireSuspectUntilHonest(
        MisbehavingRpc.Lie.aboutFirstLog(log -> log.put("blockHash", SOME_HASH)));
  }

  @Test
  void contractStateThatDisagreesWithItsLogsIsRefused() throws Exception {
    bridge.send(1);
    anvil.mine(2);
    requireSuspectUntilHonest((method, params, answer) -> {
      if (method.equals("eth_call")) {
        String state = answer.get("result").stringValue();
        answer.put("result", state.substring(0, 66) + "cd".repeat(32));
      }
    });
  }

  @Test
  void blocksThatDoNotLinkAreRefused() throws Exception {
    bridge.send(1);
    anvil.mine(6);
    requireSuspectUntilHonest((method, params, answer) -> {
      if (method.equals("eth_getBlockByNumber") && params.toString().contains("\"0x6\"")) {
        ((ObjectNode) answer.get("result")).put("parentHash", SOME_HASH);
      }
    });
  }

  @Test
  void endpointThatDisagreesWithItselfBreaksNoFinality() throws Exception {
    bridge.send(1);
    anvil.mine(4);
    OutboxCursor cursor = ((OutboxRead.Progress) read(chain, start)).next();
    bridge.send(1);
    anvil.mine(4);
    String height = "\"0x" + Long.toHexString(cursor.block().number()) + "\"";
    AtomicInteger times = new AtomicInteger();
    proxy.with((method, params, answer) -> {
      boolean lie = params.toString().contains(height) && times.getAndIncrement() % 2 == 0;
      if (method.equals("eth_getBlockByNumber") && lie) {
        ((ObjectNode) answer.get("result")).put("hash", SOME_HASH);
      }
    });
    try (ChainConnector fresh = bridge.connector(proxy.url())) {
      boolean halted = false;
      for (int i = 0; i < 4; i++) {
        try {
          halted |= read(fresh, cursor) instanceof OutboxRead.FinalityBroken;
        } catch (ChainUnavailableException e) {
          halted = false;
        }
      }
      assertFalse(halted);
      proxy.honest();
      assertEquals(
          2, assertInstanceOf(OutboxRead.Progress.class, read(fresh, cursor)).next().count());
    }
  }

  @Test
  void malformedLogsAreNoCrash() throws Exception {
    bridge.send(1);
    anvil.mine(2);
    for (String data : new String[] {"0x", "0xzz", "zz", "0x" + "ff".repeat(32 * 7), "0x00"}) {
      proxy.with(MisbehavingRpc.Lie.aboutFirstLog(log -> log.put("data", data)));
      assertThrows(ChainUnavailableException.class, () -> read(chain, start));
    }
    proxy.with((method, params, answer) -> {
      if (isLogs(method)) {
        answer.put("result", 17);
      }
    });
    assertThrows(ChainUnavailableException.class, () -> read(chain, start));
  }

  @Test
  @Tag("CATCH-1")
  void logRangesAreHalvedWhereTheEndpointRefusesThem() throws Exception {
    anvil.mine(100);
    bridge.send(1);
    anvil.mine(30);
    proxy.with((method, params, answer) -> {
      JsonNode filter = params.isEmpty() ? params : params.get(0);
      if (isLogs(method) && filter.has("fromBlock")) {
        long from = Long.decode(filter.get("fromBlock").stringValue());
        long to = Long.decode(filter.get("toBlock").stringValue());
        if (to - from >= 10) {
          answer.remove("result");
          answer.putObject("error").put("code", -32005).put("message", "range too large");
        }
      }
    });
    assertEquals(1, assertInstanceOf(OutboxRead.Progress.class, read(chain, start)).next().count());
  }

  @Test
  @Tag("CATCH-1")
  void prunedStateStopsNobody() throws Exception {
    anvil.mine(40);
    bridge.send(2);
    bridge.send(1);
    anvil.mine(40);
    String finalized = chain.heads().finalized().ref().hash().toHex();
    proxy.with((method, params, answer) -> {
      if (method.equals("eth_call") && !params.toString().contains(finalized)) {
        answer.remove("result");
        answer.putObject("error").put("code", -32000).put("message", "missing trie node");
      }
    });
    assertEquals(3, assertInstanceOf(OutboxRead.Progress.class, read(chain, start)).next().count());
  }

  @Test
  @Tag("G-1")
  void reorganisationBeforeFinalityIsNotSeen() throws Exception {
    bridge.send(1);
    OutboxCursor before = ((OutboxRead.Progress) read(chain, start)).next();
    assertEquals(0, before.count());
    JsonNode replaced = anvil.rpc("eth_getBlockByNumber", "latest", false).get("hash");
    anvil.rpc("anvil_reorg", 1, new Object[0]);
    assertNotEquals(
        replaced,
        anvil
            .rpc("eth_getBlockByNumber", "0x" + Long.toHexString(anvil.blockNumber()), false)
            .get("hash"));
    bridge.send(2);
    anvil.mine(2);
    OutboxRead.Progress after = assertInstanceOf(OutboxRead.Progress.class, read(chain, before));
    assertEquals(0, chain.health().suspectReads());
    String told = anvil.rpc("eth_call", stateCall(), "finalized").stringValue();
    assertEquals(Long.decode("0x" + told.substring(50, 66)), after.next().count());
    assertEquals(Hash32.fromHex("0x" + told.substring(66)), after.next().acc());
  }

  private Object stateCall() {
    return java.util.Map.of(
        "to", bridge.outbox().toHex(), "data", BridgeAbi.stream(TestBridge.OTHER));
  }

  @Test
  @Tag("G-1")
  void reorganisationAfterFinalityHaltsTheStream() throws Exception {
    bridge.send(1);
    anvil.mine(4);
    OutboxCursor cursor = ((OutboxRead.Progress) read(chain, start)).next();
    anvil.rpc("anvil_reorg", 5, new Object[0]);
    anvil.mine(3);
    OutboxRead.FinalityBroken broken =
        Eventually.value(
            "finality broken",
            () -> {
              try {
                return read(chain, cursor) instanceof OutboxRead.FinalityBroken b ? b : null;
              } catch (ChainUnavailableException e) {
                return null;
              }
            });
    assertEquals(cursor.block(), broken.expected());
    assertEquals(cursor.block().number(), broken.found().number());
    assertInstanceOf(OutboxRead.FinalityBroken.class, read(chain, start), "it stays halted");
    try (ChainConnector restarted = bridge.connector(anvil.url())) {
      assertInstanceOf(
          OutboxRead.FinalityBroken.class,
          read(restarted, cursor),
          "the durable cursor tells after a restart");
    }
  }

  @Test
  @Tag("G-1")
  void endpointOnAForkIsOutvotedByOneThatStillHasTheBlock(@TempDir Path other) throws Exception {
    bridge.send(1);
    anvil.mine(4);
    OutboxCursor cursor = ((OutboxRead.Progress) read(chain, start)).next();
    bridge.send(1);
    anvil.mine(4);
    try (Anvil fork = Anvil.start(other, 7001)) {
      TestBridge onFork = new TestBridge(fork);
      onFork.send(3);
      fork.mine(40);
      try (ChainConnector both = bridge.connector(fork.url(), anvil.url())) {
        OutboxRead read = both.readOutbox(bridge.outgoing(), cursor, chain.heads().finalized(), 16);
        assertEquals(2, assertInstanceOf(OutboxRead.Progress.class, read).next().count());
        assertTrue(both.health().suspectReads() > 0);
      }
      try (ChainConnector only = bridge.connector(fork.url())) {
        assertInstanceOf(OutboxRead.FinalityBroken.class, read(only, cursor));
      }
    }
  }
}
