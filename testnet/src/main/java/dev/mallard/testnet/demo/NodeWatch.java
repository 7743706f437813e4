package dev.mallard.testnet.demo;

import dev.mallard.testnet.localnet.LocalNetwork;
import dev.mallard.testnet.localnet.NetworkState;
import dev.mallard.testnet.localnet.NodeFigures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/**
 * The figures of nodes. Counters of a node start again with its process: what its earlier runs had
 * counted when last seen is added.
 */
public final class NodeWatch {
  private final LocalNetwork network;
  private final List<Watched> nodes = new ArrayList<>();

  /** A watch over every node of a network. */
  public NodeWatch(LocalNetwork network) {
    this(network, every -> true);
  }

  /** A watch over those nodes of a network that count. */
  NodeWatch(LocalNetwork network, Predicate<NetworkState.Node> isWatched) {
    this.network = network;
    for (NetworkState.Side side : network.state().sides()) {
      for (NetworkState.Node node : side.nodes()) {
        if (isWatched.test(node)) {
          nodes.add(new Watched(side.chainId(), node));
        }
      }
    }
  }

  /** A node with what it said last. */
  public static final class Watched {
    private final long chainId;
    private final NetworkState.Node node;
    private final Map<String, Counted> earlierRuns = new HashMap<>();
    private Optional<NodeFigures> figures = Optional.empty();
    private boolean answers;

    private Watched(long chainId, NetworkState.Node node) {
      this.chainId = chainId;
      this.node = node;
    }

    /** The chain it runs beside. */
    public long chainId() {
      return chainId;
    }

    /** The node. */
    public NetworkState.Node node() {
      return node;
    }

    /** Whether it answered the last time it was asked. */
    public boolean answers() {
      return answers;
    }

    /** What it said last. */
    public Optional<NodeFigures> figures() {
      return figures;
    }

    private void onAnswer(Optional<NodeFigures> answer) {
      answers = answer.isPresent();
      if (answer.isEmpty()) {
        return;
      }
      NodeFigures now = answer.get();
      figures
          .filter(before -> before.startedMillis() != now.startedMillis())
          .ifPresent(before ->
              before
                  .sources()
                  .forEach(source ->
                      earlierRuns.merge(source.stream(), Counted.of(source), Counted::plus)));
      figures = answer;
    }

    private Counted counted(String stream) {
      Counted now =
          figures.flatMap(seen -> seen.source(stream)).map(Counted::of).orElse(Counted.NONE);
      return now.plus(earlierRuns.getOrDefault(stream, Counted.NONE));
    }
  }

  private record Counted(long crossings, long resends) {
    private static final Counted NONE = new Counted(0, 0);

    private static Counted of(NodeFigures.Source source) {
      return new Counted(source.crossings(), source.resends());
    }

    private Counted plus(Counted other) {
      return new Counted(crossings + other.crossings, resends + other.resends);
    }
  }

  /** Every node that is watched, those of the first chain first. */
  public List<Watched> nodes() {
    return nodes;
  }

  /** Asks all nodes, side by side. */
  public synchronized void refresh() {
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Optional<NodeFigures>>> questions = new ArrayList<>();
      nodes.forEach(watched -> questions.add(() -> network.api(watched.node()).figures()));
      List<Future<Optional<NodeFigures>>> answers = workers.invokeAll(questions);
      for (int i = 0; i < answers.size(); i++) {
        nodes.get(i).onAnswer(answers.get(i).resultNow());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Bundles of both streams so far. */
  public synchronized BundleCounts counts() {
    return streams().stream().map(this::counts).reduce(BundleCounts.NONE, BundleCounts::plus);
  }

  /** Bundles of one stream so far. */
  public synchronized BundleCounts counts(String stream) {
    long built = 0;
    Counted counted = Counted.NONE;
    for (Watched watched : nodes) {
      counted = counted.plus(watched.counted(stream));
      built = Math.max(built, source(watched, stream).map(NodeFigures.Source::built).orElse(0L));
    }
    return new BundleCounts(built, counted.crossings(), counted.resends());
  }

  /** Both streams' names. */
  public List<String> streams() {
    List<NetworkState.Side> sides = network.state().sides();
    long left = sides.get(0).chainId();
    long right = sides.get(1).chainId();
    return List.of(left + "-" + right, right + "-" + left);
  }

  /**
   * Whether nothing is on its way: every bundle built is known to all to be held and executed, and
   * every node that answers says so.
   */
  public synchronized boolean isQuiet() {
    return streams().stream().allMatch(this::isQuiet);
  }

  private boolean isQuiet(String stream) {
    long built = counts(stream).count();
    return nodes.stream()
        .allMatch(watched ->
            watched.answers()
                && source(watched, stream)
                    .map(s -> s.built() == built && s.quacked() == built)
                    .orElse(true)
                && destination(watched, stream)
                    .map(d -> d.held() == built && d.executed() == built)
                    .orElse(true));
  }

  /** Whether a node holds and has seen executed what the best of its side has. */
  public synchronized boolean isCaughtUp(Watched node) {
    return node.answers()
        && node.figures().map(NodeFigures::ready).orElse(false)
        && streams().stream().allMatch(stream -> isCaughtUp(node, stream));
  }

  private boolean isCaughtUp(Watched node, String stream) {
    long built = counts(stream).count();
    long held =
        nodes.stream()
            .flatMap(other -> destination(other, stream).stream())
            .mapToLong(NodeFigures.Destination::executed)
            .max()
            .orElse(0);
    return source(node, stream).map(s -> s.built() == built).orElse(true)
        && destination(node, stream).map(d -> d.held() >= held).orElse(true);
  }

  private static Optional<NodeFigures.Source> source(Watched node, String stream) {
    return node.figures().flatMap(figures -> figures.source(stream));
  }

  private static Optional<NodeFigures.Destination> destination(Watched node, String stream) {
    return node.figures().flatMap(figures -> figures.destination(stream));
  }
}
