package dev.mallard.testnet.app;

import dev.mallard.testnet.demo.NodeWatch;
import dev.mallard.testnet.demo.ProcessUsage;
import dev.mallard.testnet.demo.TextTable;
import dev.mallard.testnet.localnet.LocalNetwork;
import dev.mallard.testnet.localnet.NetworkFolder;
import dev.mallard.testnet.localnet.NetworkState;
import dev.mallard.testnet.localnet.NodeFigures;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A network at a glance. */
final class NetworkTable {
  private NetworkTable() {}

  /** Prints the network of a folder; the exit code says whether it is healthy. */
  static int print(NetworkFolder folder, PrintWriter out) throws IOException {
    return print(LocalNetwork.view(folder), CpuSample.none(), out);
  }

  /** As above, with the processor time of a while. */
  static int print(NetworkFolder folder, Duration sample, PrintWriter out)
      throws IOException, InterruptedException {
    LocalNetwork network = LocalNetwork.view(folder);
    List<NetworkState.Node> nodes =
        network.state().sides().stream().flatMap(side -> side.nodes().stream()).toList();
    return print(network, CpuSample.over(sample, nodes), out);
  }

  private static int print(LocalNetwork network, CpuSample cpu, PrintWriter out) {
    lines(network, cpu).forEach(out::println);
    out.flush();
    return isHealthy(network) ? Exit.OK : Exit.FAILED;
  }

  static List<String> lines(LocalNetwork network, CpuSample cpu) {
    NodeWatch watch = new NodeWatch(network);
    watch.refresh();
    List<String> lines = new ArrayList<>();
    lines.add("Network in " + network.folder().root());
    lines.addAll(chains(network.state()));
    lines.add("");
    lines.addAll(nodes(watch, cpu));
    lines.addAll(complaints(watch));
    return lines;
  }

  private static List<String> chains(NetworkState state) {
    TextTable table = new TextTable(List.of("chain", "rpc", "token bridge", "token"));
    for (NetworkState.Side side : state.sides()) {
      table.row(
          List.of(
              Long.toString(side.chainId()),
              side.rpcUrl(),
              side.contracts().map(NetworkState.Contracts::bridge).orElse("-"),
              side.contracts().map(NetworkState.Contracts::token).orElse("-")));
    }
    return table.lines();
  }

  private static List<String> nodes(NodeWatch watch, CpuSample cpu) {
    TextTable table =
        new TextTable(
            List.of(
                "node",
                "stake",
                "health",
                "final",
                "built",
                "quacked",
                "held",
                "executed",
                "cpu",
                "memory",
                "REST"));
    for (NodeWatch.Watched watched : watch.nodes()) {
      table.row(row(watched, cpu));
    }
    return table.lines();
  }

  private static List<String> row(NodeWatch.Watched watched, CpuSample cpu) {
    NetworkState.Node node = watched.node();
    Optional<NodeFigures> figures = watched.figures();
    Optional<NodeFigures.Source> source = figures.flatMap(f -> f.sources().stream().findFirst());
    Optional<NodeFigures.Destination> destination =
        figures.flatMap(f -> f.destinations().stream().findFirst());
    long rss = ProcessUsage.of(node.process().pid()).rssMiB();
    return List.of(
        node.process().name(),
        node.stake(),
        health(figures),
        figures.map(f -> Long.toString(f.finalizedBlock())).orElse("-"),
        source.map(s -> Long.toString(s.built())).orElse("-"),
        source.map(s -> Long.toString(s.quacked())).orElse("-"),
        destination.map(d -> Long.toString(d.held())).orElse("-"),
        destination.map(d -> Long.toString(d.executed())).orElse("-"),
        cpu.of(node),
        rss < 0 ? "-" : rss + " MiB",
        node.restUrl());
  }

  private static String health(Optional<NodeFigures> figures) {
    return figures.map(f -> f.ready() ? "ready" : "NOT READY").orElse("DOWN");
  }

  private static List<String> complaints(NodeWatch watch) {
    List<String> lines = new ArrayList<>();
    for (NodeWatch.Watched watched : watch.nodes()) {
      for (String complaint : watched.figures().map(NodeFigures::complaints).orElse(List.of())) {
        lines.add("! " + watched.node().process().name() + "  " + complaint);
      }
      if (watched.figures().isEmpty()) {
        lines.add(
            "! "
                + watched.node().process().name()
                + "  does not answer; its log is "
                + watched.node().process().log());
      }
    }
    return lines;
  }

  static boolean isHealthy(LocalNetwork network) {
    NodeWatch watch = new NodeWatch(network);
    watch.refresh();
    return watch.nodes().stream()
        .allMatch(node -> node.figures().map(NodeFigures::ready).orElse(false));
  }
}
