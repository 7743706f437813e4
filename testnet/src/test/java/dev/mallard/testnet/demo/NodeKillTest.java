package dev.mallard.testnet.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.stake.StreamId;
import dev.mallard.testnet.localnet.Await;
import dev.mallard.testnet.localnet.LocalNetwork;
import dev.mallard.testnet.localnet.NetworkFolder;
import dev.mallard.testnet.localnet.NetworkPlan;
import dev.mallard.testnet.localnet.NetworkStarter;
import dev.mallard.testnet.localnet.NodeFigures;
import dev.mallard.testnet.localnet.StakeSpec;
import dev.mallard.testnet.localnet.StartFailedException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills real node processes at random instants while traffic goes on. The second chain has one
 * validator, so what its peers count as quacked is exactly what that one has acknowledged.
 */
final class NodeKillTest {
  private static final int KILLS = 12;
  private static final int INSTANT_MILLIS_MAX = 2_500;
  private static final long SEED = 20_261_123;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path temp = Path.of("");

  private final Random random = new Random(SEED);
  private final List<String> history = new ArrayList<>();

  @Test
  @Tag("G-2")
  @Tag("G-3")
  @Tag("CATCH-1")
  void whatANodeAcknowledgedOutlivesIt() throws IOException, StartFailedException {
    NetworkPlan plan =
        NetworkPlan.of(new NetworkFolder(temp.resolve("net")), StakeSpec.parse("1,1,1,1/1"));
    try (LocalNetwork network = NetworkStarter.start(plan, history::add, begun -> {});
        BridgeDesk desk = BridgeDesk.open(network.state())) {
      NodeWatch watch = new NodeWatch(network);
      for (int kill = 0; kill < KILLS; kill++) {
        send(desk, 0, 2);
        send(desk, 1, 2);
        killAndRestart(network, watch, kill % 3 == 0 ? 1 : 0);
      }
      assertTrue(Await.until(PATIENCE, () -> isDone(watch, desk)), this::story);
      checkChains(desk);
    }
  }

  private void killAndRestart(LocalNetwork network, NodeWatch watch, int side)
      throws IOException, StartFailedException {
    int index = random.nextInt(network.state().sides().get(side).nodes().size());
    int instantMillis = random.nextInt(INSTANT_MILLIS_MAX);
    long instant = System.nanoTime() + Duration.ofMillis(instantMillis).toNanos();
    Await.until(Duration.ofMillis(instantMillis), () -> System.nanoTime() >= instant);
    NodeWatch.Watched victim = watched(network, watch, side, index);
    watch.refresh();
    String incoming = watch.streams().get(1 - side);
    long heldBefore = held(victim, incoming);
    network.killNode(side, index);
    watch.refresh();
    long acknowledged = side == 1 ? quacked(watch, incoming) : 0;
    network.restartNode(side, index);
    assertTrue(
        Await.until(PATIENCE, () -> isReadyAgain(network, watch, victim, side, index)),
        this::story);
    long heldAfter = held(victim, incoming);
    history.add(
        String.format(
            java.util.Locale.ROOT,
            "killed %s after %d ms: held %d, acknowledged %d, then held %d",
            victim.node().process().name(),
            instantMillis,
            heldBefore,
            acknowledged,
            heldAfter));
    assertTrue(heldAfter >= heldBefore, this::story);
    assertTrue(heldAfter >= acknowledged, this::story);
  }

  private boolean isReadyAgain(
      LocalNetwork network, NodeWatch watch, NodeWatch.Watched victim, int side, int index) {
    assertTrue(
        network.process(side, index).isAlive(),
        () -> story() + "\n" + network.process(side, index).logTail());
    watch.refresh();
    return victim.answers() && victim.figures().map(NodeFigures::ready).orElse(false);
  }

  private static NodeWatch.Watched watched(
      LocalNetwork network, NodeWatch watch, int side, int index) {
    String url = network.state().sides().get(side).nodes().get(index).restUrl();
    return watch.nodes().stream()
        .filter(watched -> watched.node().restUrl().equals(url))
        .findFirst()
        .orElseThrow();
  }

  private static long held(NodeWatch.Watched node, String stream) {
    return node.figures()
        .flatMap(figures -> figures.destination(stream))
        .map(NodeFigures.Destination::held)
        .orElseThrow();
  }

  /** The highest that any source replica counts as quacked. */
  private static long quacked(NodeWatch watch, String stream) {
    ToLongFunction<NodeFigures.Source> quacked = NodeFigures.Source::quacked;
    return watch.nodes().stream()
        .flatMap(node -> node.figures().flatMap(figures -> figures.source(stream)).stream())
        .mapToLong(quacked)
        .max()
        .orElseThrow();
  }

  private static void send(BridgeDesk desk, int side, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      desk.send(new SendRequest(side, SendRequest.NATIVE, BigInteger.ONE, desk.user(), 0, "0x"));
    }
  }

  private static boolean isDone(NodeWatch watch, BridgeDesk desk) {
    watch.refresh();
    try {
      for (StreamId stream : desk.streams()) {
        if (desk.sent(stream).size() != desk.executions(stream).size()) {
          return false;
        }
      }
    } catch (IOException away) {
      return false;
    }
    return watch.isQuiet();
  }

  private void checkChains(BridgeDesk desk) throws IOException {
    for (StreamId stream : desk.streams()) {
      List<Long> sent = desk.sent(stream);
      List<Long> expected = LongStream.rangeClosed(1, sent.size()).boxed().toList();
      assertEquals(expected, sent, this::story);
      assertEquals(
          expected,
          desk.executions(stream).stream().map(StreamEvidence.Execution::index).toList(),
          this::story);
      assertTrue(sent.size() >= 2 * KILLS, this::story);
    }
    for (SupplyEvidence supply : desk.supplies()) {
      assertTrue(supply.isConserved(), () -> supply + "\n" + story());
    }
  }

  private String story() {
    return "seed " + SEED + "\n" + String.join("\n", history);
  }
}
