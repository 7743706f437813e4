package dev.mallard.testnet.localnet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Starts the node processes of a network: a few at a time until each answers, since starting a
 * program costs the most of its processor time, then all until they are ready, which they are only
 * together.
 */
final class NodeStarter {
  /** Programs that start at once. */
  private static final int STARTING_MAX = 4;

  private final LocalNetwork network;
  private final List<Planned> planned;
  private final Progress progress;
  private final List<Started> started = new ArrayList<>();

  NodeStarter(LocalNetwork network, List<Planned> planned, Progress progress) {
    this.network = network;
    this.planned = List.copyOf(planned);
    this.progress = progress;
  }

  /** A node whose folder is written. */
  record Planned(
      int side,
      int index,
      String name,
      String stake,
      String key,
      int peerPort,
      int restPort,
      Path config,
      Duration patience) {}

  private record Started(Planned planned, ChildProcess process, NodeApi api) {}

  void run() throws StartFailedException, IOException {
    progress.onStep("starting " + planned.size() + " bridge nodes");
    for (Planned node : planned) {
      awaitRoom(node.patience());
      start(node);
    }
    awaitReady();
  }

  private void start(Planned node) throws StartFailedException, IOException {
    ChildProcess process =
        NodeStart.process(JavaCommand.MAIN, node.name(), node.config(), network.folder());
    network.onNode(node.side(), process);
    NetworkState.Node saved =
        new NetworkState.Node(
            node.index(),
            node.stake(),
            node.key(),
            node.restPort(),
            node.peerPort(),
            node.config().toString(),
            NetworkState.Running.of(process));
    NetworkState.Side side = network.state().sides().get(node.side());
    List<NetworkState.Node> nodes = new ArrayList<>(side.nodes());
    nodes.add(saved);
    network.saveSide(node.side(), side.withNodes(nodes));
    started.add(new Started(node, process, network.api(saved)));
  }

  private void awaitRoom(Duration patience) throws StartFailedException {
    boolean room =
        Await.until(
            patience,
            () -> anyDead() || started.stream().filter(this::isStarting).count() < STARTING_MAX);
    refuseDead();
    if (!room) {
      throw late(started.stream().filter(this::isStarting).toList(), patience);
    }
  }

  private boolean isStarting(Started node) {
    return !node.api().isLive();
  }

  private void awaitReady() throws StartFailedException {
    if (started.isEmpty()) {
      return;
    }
    Duration patience = started.getFirst().planned().patience();
    int[] shown = {-1};
    boolean ready =
        Await.until(
            patience,
            () -> {
              int count = (int) started.stream().filter(node -> node.api().isReady()).count();
              if (count != shown[0]) {
                shown[0] = count;
                progress.onStep("nodes ready: " + count + " of " + started.size());
              }
              return count == started.size() || anyDead() || network.isClosed();
            });
    refuseDead();
    if (!ready) {
      throw late(started.stream().filter(node -> !node.api().isReady()).toList(), patience);
    }
  }

  private boolean anyDead() {
    return started.stream().anyMatch(node -> !node.process().isAlive());
  }

  private void refuseDead() throws StartFailedException {
    if (network.isClosed()) {
      throw new StartFailedException("stopped");
    }
    for (Started node : started) {
      if (!node.process().isAlive()) {
        throw new StartFailedException(
            String.format(
                Locale.ROOT,
                "%s ended while starting; its log is %s, which ends:\n%s",
                node.planned().name(),
                node.process().log(),
                node.process().logTail()));
      }
    }
  }

  private static StartFailedException late(List<Started> nodes, Duration patience) {
    StringBuilder message = new StringBuilder();
    for (Started node : nodes) {
      message.append(
          String.format(
              Locale.ROOT,
              "%s is not ready after %d s: %s; its log is %s%n",
              node.planned().name(),
              patience.toSeconds(),
              node.api().unready(),
              node.process().log()));
    }
    if (!nodes.isEmpty()) {
      message
          .append("the first of these logs ends:\n")
          .append(nodes.getFirst().process().logTail());
    }
    return new StartFailedException(message.toString());
  }
}
