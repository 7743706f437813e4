package dev.mallard.testnet.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.ReplicaId;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StreamId;
import dev.mallard.store.StoreIdentity;
import dev.mallard.testnet.localnet.Await;
import dev.mallard.testnet.localnet.LocalNetwork;
import dev.mallard.testnet.localnet.NetworkFolder;
import dev.mallard.testnet.localnet.NetworkPlan;
import dev.mallard.testnet.localnet.NetworkStarter;
import dev.mallard.testnet.localnet.NetworkState;
import dev.mallard.testnet.localnet.NodeFigures;
import dev.mallard.testnet.localnet.StakeSpec;
import dev.mallard.testnet.localnet.StartFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills real node processes while traffic goes on, and compares their disks, before they run again,
 * with all that had left their sockets: at random instants, and at the instant at which a peer
 * hears something new of them. Some kills are of the same node on a disk that is slow, so that what
 * leaves before its write is over is caught whenever it happens.
 */
final class NodeKillTest {
  private static final int ROUNDS = 6;
  private static final int KILLS_OF_A_ROUND = 3;
  private static final int INSTANT_MILLIS_MAX = 2_500;
  private static final List<Heard.News> SLOW_NEWS = List.of(Heard.News.ATTESTED, Heard.News.HELD);
  private static final long SEED = 20_261_123;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path temp = Path.of("");

  private final Random random = new Random(SEED);
  private final List<String> history = new ArrayList<>();

  /** A node that is killed again and again. */
  private record Victim(int side, int index, NetworkState.Node node, StreamId incoming) {
    ReplicaId id() {
      return new ReplicaId(incoming.destination(), index);
    }

    String name() {
      return node.process().name();
    }
  }

  /** Everything a kill needs. */
  private record Scene(LocalNetwork network, Witnesses witnesses, FinalInboxes chains) {}

  @Test
  @Tag("G-2")
  @Tag("G-3")
  @Tag("CERT-1")
  @Tag("RECV-2")
  @Tag("ACK-1")
  @Tag("CATCH-1")
  void whatLeftANodeOutlivesIt() throws IOException, StartFailedException, InterruptedException {
    NetworkPlan plan =
        NetworkPlan.of(new NetworkFolder(temp.resolve("net")), StakeSpec.parse("9,9,9,9,1/9,1"));
    try (LocalNetwork network = NetworkStarter.start(plan, history::add, begun -> {});
        BridgeDesk desk = BridgeDesk.open(network.state());
        FinalInboxes chains = FinalInboxes.open(network.state())) {
      SteadyTraffic traffic = new SteadyTraffic(desk);
      try (Witnesses witnesses = Witnesses.replaceLast(network)) {
        Scene scene = new Scene(network, witnesses, chains);
        for (int round = 0; round < ROUNDS; round++) {
          killThrice(
              scene, victim(network, round % 2), SLOW_NEWS.get(round / 2 % SLOW_NEWS.size()));
        }
      }
      restartWitnesses(network);
      traffic.stop();
      NodeWatch watch = new NodeWatch(network);
      assertTrue(Await.until(PATIENCE, () -> isDone(watch, desk)), this::story);
      checkChains(desk);
    }
  }

  /** Not the last of its side, which is a witness. */
  private Victim victim(LocalNetwork network, int side) {
    NetworkState.Side here = network.state().sides().get(side);
    NetworkState.Side there = network.state().sides().get(1 - side);
    int index = random.nextInt(here.nodes().size() - 1);
    StreamId incoming = new StreamId(new RsmId(there.chainId()), new RsmId(here.chainId()));
    return new Victim(side, index, here.nodes().get(index), incoming);
  }

  private void killThrice(Scene scene, Victim victim, Heard.News news)
      throws IOException, StartFailedException, InterruptedException {
    Heard heard = scene.witnesses().heard();
    Duration instant = Duration.ofMillis(random.nextInt(INSTANT_MILLIS_MAX));
    boolean isStill = !heard.awaitNews(victim.id(), Heard.News.NONE, instant);
    assertTrue(isStill, this::story);
    kill(scene, victim, "at a random instant");
    scene.network().restartNode(victim.side(), victim.index());
    awaitNews(heard, victim, Heard.News.ANY);
    kill(scene, victim, "on news");
    scene.network().restartNode(victim.side(), victim.index(), SlowDiskNode.class.getName());
    awaitNews(heard, victim, news);
    kill(scene, victim, "with a slow disk, on news: " + news);
    scene.network().restartNode(victim.side(), victim.index());
    assertTrue(Await.until(PATIENCE, () -> isReadyAgain(scene, victim)), this::story);
  }

  private void awaitNews(Heard heard, Victim victim, Heard.News news) throws InterruptedException {
    assertTrue(
        heard.awaitNews(victim.id(), news, PATIENCE),
        () -> story() + "\n" + victim.name() + " says nothing new");
  }

  private void kill(Scene scene, Victim victim, String when) throws IOException {
    scene.network().killNode(victim.side(), victim.index());
    assertTrue(Await.until(PATIENCE, () -> scene.witnesses().isGone(victim.id())), this::story);
    Heard.Statements said = scene.witnesses().heard().of(victim.id());
    long executedFinal = scene.chains().executed(victim.side(), victim.incoming().source());
    KilledStore found = readKilled(scene.network(), victim);
    history.add(
        String.format(
            Locale.ROOT,
            "killed %s %s: it had acknowledged up to %d, said it held up to %d, attested up to %d; its chain executed up to %d; its disk has %s",
            victim.name(),
            when,
            said.acknowledged(),
            said.held().isEmpty() ? 0 : said.held().last(),
            said.attested().isEmpty() ? 0 : said.attested().lastKey(),
            executedFinal,
            found));
    assertEquals(List.of(), found.missing(said, executedFinal), this::story);
  }

  private KilledStore readKilled(LocalNetwork network, Victim victim) throws IOException {
    Path data = network.folder().node(victim.name()).resolve("data");
    StreamId in = victim.incoming();
    StoreIdentity identity =
        new StoreIdentity(
            in.destination(),
            BridgeAddress.fromHex(victim.node().key()),
            List.of(in, in.reverse()));
    return KilledStore.read(data, temp.resolve("copy-" + history.size()), identity, in);
  }

  private boolean isReadyAgain(Scene scene, Victim victim) {
    LocalNetwork network = scene.network();
    assertTrue(
        network.process(victim.side(), victim.index()).isAlive(),
        () -> story() + "\n" + network.process(victim.side(), victim.index()).logTail());
    long acknowledged = scene.witnesses().heard().of(victim.id()).acknowledged();
    return network
        .api(victim.node())
        .figures()
        .filter(NodeFigures::ready)
        .flatMap(figures -> figures.destination(victim.incoming().toString()))
        .filter(destination -> destination.held() >= acknowledged)
        .isPresent();
  }

  /** They were away from the beginning, and catch up like anybody. */
  private static void restartWitnesses(LocalNetwork network)
      throws IOException, StartFailedException {
    for (int side = 0; side < network.state().sides().size(); side++) {
      network.restartNode(side, network.state().sides().get(side).nodes().size() - 1);
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
      assertTrue(sent.size() >= ROUNDS * KILLS_OF_A_ROUND, this::story);
    }
    for (SupplyEvidence supply : desk.supplies()) {
      assertTrue(supply.isConserved(), () -> supply + "\n" + story());
    }
  }

  private String story() {
    return "seed " + SEED + "\n" + String.join("\n", history);
  }
}
