package dev.mallard.testnet.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.StreamId;
import dev.mallard.store.StoreIdentity;
import dev.mallard.testnet.localnet.Await;
import dev.mallard.testnet.localnet.LocalNetwork;
import dev.mallard.testnet.localnet.NetworkFolder;
import dev.mallard.testnet.localnet.NetworkPlan;
import dev.mallard.testnet.localnet.NetworkStarter;
import dev.mallard.testnet.localnet.NodeApi;
import dev.mallard.testnet.localnet.NodeFigures;
import dev.mallard.testnet.localnet.StakeSpec;
import dev.mallard.testnet.localnet.StartFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills real node processes at random instants while traffic goes on, and compares their disks,
 * before they run again, with what had left them. The second chain has one validator, so what its
 * peers count as quacked is exactly what that one has acknowledged, and what they know certified it
 * has attested.
 */
final class NodeKillTest {
  private static final int KILLS = 12;
  private static final int INSTANT_MILLIS_MAX = 2_500;
  private static final long SEED = 20_261_123;
  private static final Duration NEWS_PATIENCE = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path temp = Path.of("");

  private final Random random = new Random(SEED);
  private final List<String> history = new ArrayList<>();

  @Test
  @Tag("G-2")
  @Tag("G-3")
  @Tag("CERT-1")
  @Tag("CATCH-1")
  void whatANodeAcknowledgedOutlivesIt() throws IOException, StartFailedException {
    NetworkPlan plan =
        NetworkPlan.of(new NetworkFolder(temp.resolve("net")), StakeSpec.parse("1,1,1,1/1"));
    try (LocalNetwork network = NetworkStarter.start(plan, history::add, begun -> {});
        BridgeDesk desk = BridgeDesk.open(network.state())) {
      NodeWatch watch = new NodeWatch(network);
      SteadyTraffic traffic = new SteadyTraffic(desk);
      for (int kill = 0; kill < KILLS; kill++) {
        killAndRestart(network, watch, kill % 3 == 0 ? 1 : 0, kill % 2 == 0);
      }
      traffic.stop();
      assertTrue(Await.until(PATIENCE, () -> isDone(watch, desk)), this::story);
      checkChains(desk);
    }
  }

  private void killAndRestart(LocalNetwork network, NodeWatch watch, int side, boolean onNews)
      throws IOException, StartFailedException {
    int index = random.nextInt(network.state().sides().get(side).nodes().size());
    NodeWatch.Watched victim = watched(network, watch, side, index);
    String incoming = watch.streams().get(1 - side);
    Said said = lastWords(network.api(victim.node()), incoming, onNews);
    network.killNode(side, index);
    KilledStore found = readKilled(network, victim, incoming);
    watch.refresh();
    history.add(
        String.format(
            Locale.ROOT,
            "killed %s, on news %s: it had said %s, peers saw %s, its disk has %s",
            victim.node().process().name(),
            onNews,
            said,
            side == 1 ? seenByPeers(watch, incoming) : "no more",
            found));
    assertTrue(Math.max(found.held(), said.executedFinal()) >= said.held(), this::story);
    assertTrue(found.signed() >= said.certified(), this::story);
    if (side == 1) {
      Seen seen = seenByPeers(watch, incoming);
      assertTrue(found.held() >= seen.acknowledged(), this::story);
      assertTrue(found.signed() >= seen.attested(), this::story);
    }
    network.restartNode(side, index);
    assertTrue(
        Await.until(PATIENCE, () -> isReadyAgain(network, watch, victim, side, index)),
        this::story);
    assertTrue(destination(victim, incoming).held() >= said.held(), this::story);
  }

  /**
   * What a node told by REST before it was killed.
   *
   * @param held acknowledged: durable, unless {@code executedFinal} on its chain ([ACK-1])
   * @param certified the last own bundle that it had attested and saw certified; 0 if it may know
   *     of it by acks alone
   */
  private record Said(long held, long executedFinal, long certified) {}

  /**
   * Waits for a random instant, or for the first after it at which the node tells something new.
   */
  private Said lastWords(NodeApi api, String incoming, boolean onNews) {
    Duration wait = Duration.ofMillis(random.nextInt(INSTANT_MILLIS_MAX));
    long instant = System.nanoTime() + wait.toNanos();
    Await.until(wait, () -> System.nanoTime() >= instant);
    Said before = said(api, incoming);
    if (onNews) {
      Await.until(NEWS_PATIENCE, () -> !said(api, incoming).equals(before));
    }
    return said(api, incoming);
  }

  private static Said said(NodeApi api, String incoming) {
    NodeFigures figures = api.figures().orElseThrow();
    NodeFigures.Destination destination = figures.destination(incoming).orElseThrow();
    String outgoing = StreamId.parse(incoming).reverse().toString();
    NodeFigures.Source source = figures.source(outgoing).orElseThrow();
    boolean isOwn = source.certified() > source.quacked();
    return new Said(
        destination.held(), destination.executedFinal(), isOwn ? source.certified() : 0);
  }

  private KilledStore readKilled(LocalNetwork network, NodeWatch.Watched victim, String incoming)
      throws IOException {
    Path data = network.folder().node(victim.node().process().name()).resolve("data");
    StreamId in = StreamId.parse(incoming);
    StoreIdentity identity =
        new StoreIdentity(
            in.destination(),
            BridgeAddress.fromHex(victim.node().key()),
            List.of(in, in.reverse()));
    return KilledStore.read(data, temp.resolve("copy-" + history.size()), identity, in);
  }

  /**
   * What the first chain's nodes have of the second one's single validator, whose signature they
   * cannot do without.
   *
   * @param acknowledged the highest that any of them counts as quacked
   * @param attested the highest certified bundle that any of them knows of
   */
  private record Seen(long acknowledged, long attested) {}

  private static Seen seenByPeers(NodeWatch watch, String stream) {
    String reverse = StreamId.parse(stream).reverse().toString();
    long acknowledged = 0;
    long attested = 0;
    for (NodeWatch.Watched peer : watch.nodes()) {
      for (NodeFigures figures : peer.figures().stream().toList()) {
        long quacked = figures.source(stream).map(NodeFigures.Source::quacked).orElse(0L);
        Optional<NodeFigures.Destination> seen = figures.destination(reverse);
        acknowledged = Math.max(acknowledged, quacked);
        attested = Math.max(attested, seen.map(d -> Math.max(d.held(), d.announced())).orElse(0L));
      }
    }
    return new Seen(acknowledged, attested);
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

  private static NodeFigures.Destination destination(NodeWatch.Watched node, String stream) {
    return node.figures().flatMap(figures -> figures.destination(stream)).orElseThrow();
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
