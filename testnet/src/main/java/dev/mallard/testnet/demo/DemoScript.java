package dev.mallard.testnet.demo;

import dev.mallard.stake.StreamId;
import dev.mallard.testnet.demo.Evidence.KillWindow;
import dev.mallard.testnet.demo.Transfer.Asset;
import dev.mallard.testnet.demo.Transfer.Phase;
import dev.mallard.testnet.localnet.Await;
import dev.mallard.testnet.localnet.LocalNetwork;
import dev.mallard.testnet.localnet.NetworkState;
import dev.mallard.testnet.localnet.StartFailedException;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** The demo on a running network, from the first transfer to the report. */
public final class DemoScript {
  /** Between two transfers: several blocks carry some. */
  private static final Duration PACE = Duration.ofMillis(250);

  /**
   * For one part of the script to settle; it goes on to the report then, which says what is
   * missing.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Transfers sent between the begin of a part and the kill, so that something is on its way. */
  private static final int BEFORE_KILL = 2;

  private final LocalNetwork network;
  private final Teller teller;
  private final ChainTruth truth;
  private final ProgressView view;
  private final NodeWatch watch;
  private final TransferBook book;
  private final FiguresText figures;
  private final List<Victim> victims = new ArrayList<>();
  private final Map<String, Long> phaseMillis = new LinkedHashMap<>();
  private BundleCounts faultFree = BundleCounts.NONE;
  private KillWindow killWindow = KillWindow.NONE;

  /**
   * A script that has done nothing yet.
   *
   * @param startMillis how long the network took to start, for the report
   */
  public DemoScript(
      LocalNetwork network, Teller teller, ChainTruth truth, ProgressView view, long startMillis) {
    this.network = network;
    this.teller = teller;
    this.truth = truth;
    this.view = view;
    this.watch = new NodeWatch(network);
    this.book = new TransferBook(truth);
    this.figures = new FiguresText(book, watch);
    phaseMillis.put("start", startMillis);
  }

  private record Victim(int side, int index, NodeWatch.Watched node) {
    String name() {
      return node.node().process().name();
    }
  }

  /** Sends the orders and plays the faults; what was seen. */
  public DemoReport run(List<Order> orders) throws IOException, StartFailedException {
    timed("fault-free", () -> playFaultFree(of(orders, Phase.FAULT_FREE)));
    timed("nodes down", () -> playKill(of(orders, Phase.NODES_DOWN)));
    timed("recovered", () -> playRecovered(of(orders, Phase.RECOVERED)));
    view.onStep("reading both chains for the report");
    Evidence evidence = evidence();
    view.erase();
    List<String> killed = victims.stream().map(Victim::name).toList();
    return DemoReport.of(evidence, killed, phaseMillis);
  }

  @FunctionalInterface
  private interface Part {
    void play() throws IOException, StartFailedException;
  }

  private void timed(String name, Part part) throws IOException, StartFailedException {
    long begin = System.nanoTime();
    part.play();
    phaseMillis.put(name, Duration.ofNanos(System.nanoTime() - begin).toMillis());
  }

  private static List<Order> of(List<Order> orders, Phase phase) {
    return orders.stream().filter(order -> order.phase() == phase).toList();
  }

  private void playFaultFree(List<Order> orders) throws IOException {
    teller.approve(List.of(Asset.TOKEN));
    view.onStep("sending " + orders.size() + " transfers, both ways, nothing broken");
    sendAll(orders);
    drain("all arrived or came back");
    faultFree = watch.counts();
  }

  private void playKill(List<Order> orders) throws IOException, StartFailedException {
    teller.approve(List.of(Asset.WRAPPED_NATIVE, Asset.WRAPPED_TOKEN));
    chooseVictims();
    int before = Math.min(BEFORE_KILL, orders.size());
    sendAll(orders.subList(0, before));
    long killSeconds = nowSeconds();
    for (Victim victim : victims) {
      view.onStep("kill -9 " + victim.name() + " (stake " + victim.node().node().stake() + ")");
      network.killNode(victim.side(), victim.index());
    }
    view.onStep("sending " + (orders.size() - before) + " transfers without them");
    sendAll(orders.subList(before, orders.size()));
    await("traffic went on without them", this::isSettled);
    for (Victim victim : victims) {
      view.onStep("starting " + victim.name() + " again");
      network.restartNode(victim.side(), victim.index());
    }
    await(
        "they caught up",
        () -> victims.stream().allMatch(victim -> watch.isCaughtUp(victim.node())));
    if (!victims.isEmpty()) {
      killWindow = new KillWindow(killSeconds, nowSeconds());
    }
  }

  private void playRecovered(List<Order> orders) throws IOException {
    view.onStep("sending " + orders.size() + " transfers with all nodes again");
    sendAll(orders);
    drain("everything is settled");
  }

  private void chooseVictims() {
    List<NetworkState.Side> sides = network.state().sides();
    for (int side = 0; side < sides.size(); side++) {
      List<BigInteger> stakes =
          sides.get(side).nodes().stream().map(node -> new BigInteger(node.stake())).toList();
      OptionalInt index = Victims.choose(stakes);
      if (index.isEmpty()) {
        view.onStep(
            String.format(
                Locale.ROOT,
                "chain %d: every node holds more than u stake, none can be spared, so none is killed",
                sides.get(side).chainId()));
        continue;
      }
      String name = sides.get(side).nodes().get(index.getAsInt()).process().name();
      NodeWatch.Watched node =
          watch.nodes().stream()
              .filter(watched -> watched.node().process().name().equals(name))
              .findFirst()
              .orElseThrow();
      victims.add(new Victim(side, index.getAsInt(), node));
    }
  }

  private void sendAll(List<Order> orders) throws IOException {
    List<String> transactions = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    for (Order order : orders) {
      times.add(System.currentTimeMillis());
      transactions.add(teller.send(order));
      long next = System.nanoTime() + PACE.toNanos();
      Await.until(PACE, () -> System.nanoTime() >= next);
      show();
    }
    List<StreamId> streams = truth.streams();
    for (int i = 0; i < orders.size(); i++) {
      Order order = orders.get(i);
      long index = teller.awaitIndex(order, transactions.get(i));
      book.onSent(
          new Transfer(
              streams.get(order.side()),
              index,
              transactions.get(i),
              order.asset(),
              order.amount(),
              order.purpose(),
              order.phase(),
              times.get(i)));
    }
  }

  private void drain(String reached) throws IOException {
    await(reached, () -> isSettled() && isQuiet());
  }

  private boolean isSettled() {
    return !book.transfers().isEmpty() && book.isSettled();
  }

  /**
   * Nothing on its way by the nodes' word and by the chains': a receipt may be just about to leave.
   */
  private boolean isQuiet() {
    if (!watch.isQuiet()) {
      return false;
    }
    try {
      for (StreamId stream : truth.streams()) {
        if (truth.sent(stream).size() != truth.executions(stream).size()) {
          return false;
        }
      }
      return true;
    } catch (IOException away) {
      return false;
    }
  }

  private void await(String reached, BooleanSupplier condition) throws IOException {
    long begin = System.nanoTime();
    boolean held =
        Await.until(
            PATIENCE,
            () -> {
              refreshQuietly();
              return network.isClosed() || condition.getAsBoolean();
            });
    if (network.isClosed()) {
      throw new IOException("stopped");
    }
    String seconds = ReportText.seconds(Duration.ofNanos(System.nanoTime() - begin).toMillis());
    view.onStep(held ? reached + " (" + seconds + " s)" : "NOT in " + seconds + " s: " + reached);
  }

  private void refreshQuietly() {
    try {
      show();
    } catch (IOException away) {
      if (network.isClosed()) {
        return;
      }
      view.onStep("a chain does not answer: " + away.getMessage());
    }
  }

  private void show() throws IOException {
    watch.refresh();
    book.refresh();
    view.onFigures(figures.lines(), figures.summary());
  }

  private static long nowSeconds() {
    return System.currentTimeMillis() / 1000;
  }

  private Evidence evidence() throws IOException {
    watch.refresh();
    book.refresh();
    StageTimes times = StageTimes.read(network, watch);
    List<Settled> settled =
        book.transfers().stream()
            .map(transfer -> new Settled(transfer, book.state(transfer), times.of(transfer)))
            .toList();
    List<StreamEvidence> streams = new ArrayList<>();
    for (StreamId stream : truth.streams()) {
      streams.add(
          new StreamEvidence(
              stream, truth.sent(stream), truth.deliveries(stream), truth.executions(stream)));
    }
    List<NodeEvidence> nodes = watch.nodes().stream().map(this::nodeEvidence).toList();
    return new Evidence(
        settled, streams, truth.supplies(), nodes, faultFree, watch.counts(), killWindow);
  }

  private NodeEvidence nodeEvidence(NodeWatch.Watched watched) {
    boolean killed = victims.stream().anyMatch(victim -> victim.node() == watched);
    String name = watched.node().process().name();
    long pid =
        network.state().side(watched.chainId()).nodes().stream()
            .filter(node -> node.process().name().equals(name))
            .mapToLong(node -> node.process().pid())
            .findFirst()
            .orElseThrow();
    ProcessUsage usage = ProcessUsage.of(pid);
    String unready = network.api(watched.node()).unready();
    return new NodeEvidence(
        name,
        watched.node().restUrl(),
        unready.isEmpty(),
        unready,
        killed,
        killed && watch.isCaughtUp(watched),
        usage.rssMiB(),
        usage.cpuSeconds());
  }
}
