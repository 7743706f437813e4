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
import java.util.Optional;
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
  /** Each kills four nodes as they are, and two with a slow disk; then two more are killed. */
  private static final int ROUNDS = 2;

  /** The first chain certifies without any one node and its witness; the second waits. */
  private static final String STAKES = "9,9,9,9,1/9,1";

  private static final String WITNESS_STAKE = "1";
  private static final int KILLS = 6 * ROUNDS + 2;
  private static final int INSTANT_MILLIS_MAX = 2_500;
  private static final long SEED = 20_261_123;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path temp = Path.of("");

  private final Random random = new Random(SEED);
  private final List<String> history = new ArrayList<>();
  private final long began = System.nanoTime();

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
        NetworkPlan.of(new NetworkFolder(temp.resolve("net")), StakeSpec.parse(STAKES));
    try (LocalNetwork network = NetworkStarter.start(plan, this::tell, begun -> {});
        BridgeDesk desk = BridgeDesk.open(network.state());
        FinalInboxes chains = FinalInboxes.open(network.state())) {
      SteadyTraffic traffic = new SteadyTraffic(desk);
      try (Witnesses witnesses = Witnesses.replaceLast(network)) {
        Scene scene = new Scene(network, witnesses, chains);
        for (int round = 0; round < ROUNDS; round++) {
          killThrice(scene, pair(network), round);
        }
        killAtAnInstant(scene, pair(network));
        traffic.stop();
        NodeWatch watch = new NodeWatch(network, node -> !node.stake().equals(WITNESS_STAKE));
        assertTrue(Await.until(PATIENCE, () -> isDone(watch, desk)), this::story);
      }
      checkChains(desk);
    }
  }

  /** A node of each side. */
  private List<Victim> pair(LocalNetwork network) {
    return List.of(victim(network, 0), victim(network, 1));
  }

  /** Not the last of its side, which is a witness. */
  private Victim victim(LocalNetwork network, int side) {
    NetworkState.Side here = network.state().sides().get(side);
    NetworkState.Side there = network.state().sides().get(1 - side);
    int index = random.nextInt(here.nodes().size() - 1);
    StreamId incoming = new StreamId(new RsmId(there.chainId()), new RsmId(here.chainId()));
    return new Victim(side, index, here.nodes().get(index), incoming);
  }

  /** At a random instant, then on news, then on news with a slow disk. */
  private void killThrice(Scene scene, List<Victim> pair, int round)
      throws IOException, StartFailedException, InterruptedException {
    killAtAnInstant(scene, pair);
    killOnNews(scene, pair, round, "");
    restart(scene, pair, Optional.of(SlowDiskNode.class));
    killOnNews(scene, pair, round + 1, ", with a slow disk");
    restart(scene, pair, Optional.empty());
    for (Victim victim : pair) {
      assertTrue(Await.until(PATIENCE, () -> isReadyAgain(scene, victim)), this::story);
    }
  }

  private void killAtAnInstant(Scene scene, List<Victim> pair)
      throws IOException, StartFailedException {
    awaitInstant();
    for (Victim victim : pair) {
      kill(scene, victim, "at a random instant");
    }
    restart(scene, pair, Optional.empty());
  }

  private void awaitInstant() {
    Duration wait = Duration.ofMillis(random.nextInt(INSTANT_MILLIS_MAX));
    long instant = System.nanoTime() + wait.toNanos();
    Await.until(wait, () -> System.nanoTime() >= instant);
  }

  private static void restart(Scene scene, List<Victim> pair, Optional<Class<?>> program)
      throws IOException, StartFailedException {
    for (Victim victim : pair) {
      if (program.isPresent()) {
        scene.network().restartNode(victim.side(), victim.index(), program.get().getName());
      } else {
        scene.network().restartNode(victim.side(), victim.index());
      }
    }
  }

  private void killOnNews(Scene scene, List<Victim> pair, int turn, String how)
      throws IOException, InterruptedException {
    for (Victim victim : pair) {
      Heard.News news = (turn + victim.side()) % 2 == 0 ? Heard.News.ATTESTED : Heard.News.HELD;
      awaitNews(scene, victim, news);
      kill(scene, victim, "on news, " + news + how);
    }
  }

  /**
   * What a node has missed may have been executed without it, and it may then acknowledge what it
   * does not hold: only what is newer than its return shows its disk.
   */
  private void awaitNews(Scene scene, Victim victim, Heard.News news) throws InterruptedException {
    long beyond = 0;
    if (news == Heard.News.HELD) {
      Witnesses witnesses = scene.witnesses();
      assertTrue(Await.until(PATIENCE, () -> witnesses.isConnected(victim.id())), this::story);
      beyond = witnesses.heard().newestOf(victim.incoming().source());
    }
    assertTrue(
        scene.witnesses().heard().awaitNews(victim.id(), news, beyond, PATIENCE),
        () -> story() + "\n" + victim.name() + " says nothing new");
  }

  private void kill(Scene scene, Victim victim, String when) throws IOException {
    scene.network().killNode(victim.side(), victim.index());
    assertTrue(Await.until(PATIENCE, () -> scene.witnesses().isGone(victim.id())), this::story);
    Heard.Statements said = scene.witnesses().heard().of(victim.id());
    long executedFinal = scene.chains().executed(victim.side(), victim.incoming().source());
    KilledStore found = readKilled(scene.network(), victim);
    tell(
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
      assertTrue(sent.size() >= KILLS, this::story);
    }
    for (SupplyEvidence supply : desk.supplies()) {
      assertTrue(supply.isConserved(), () -> supply + "\n" + story());
    }
  }

  private void tell(String event) {
    double seconds = (System.nanoTime() - began) / 1e9;
    history.add(String.format(Locale.ROOT, "%6.1f s %s", seconds, event));
  }

  private String story() {
    return "seed " + SEED + "\n" + String.join("\n", history);
  }
}
