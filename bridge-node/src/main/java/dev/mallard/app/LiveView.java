package dev.mallard.app;

import dev.mallard.api.NodeStatus;
import dev.mallard.api.NodeView;
import dev.mallard.chain.ChainConnector;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.net.PeerStatus;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Quorum;
import dev.mallard.stake.ReplicaId;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import dev.mallard.store.BridgeStore;
import dev.mallard.store.MessageIndex;
import dev.mallard.store.MessageRecord;
import dev.mallard.store.MessageStage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the node shows of itself, from its start on: before it knows who validates it shows what it
 * waits for. Any thread.
 */
final class LiveView implements NodeView {
  private final RsmId rsm;
  private final BridgeAddress key;
  private final ChainConnector chain;
  private final ChainBoard board;
  private final BridgeStore store;
  private final String version;
  private final long startedMillis;
  private volatile @Nullable RunningNode running;
  private volatile String waitsFor = "starting";

  LiveView(
      RsmId rsm,
      BridgeAddress key,
      ChainConnector chain,
      ChainBoard board,
      BridgeStore store,
      String version,
      long startedMillis) {
    this.rsm = rsm;
    this.key = key;
    this.chain = chain;
    this.board = board;
    this.store = store;
    this.version = version;
    this.startedMillis = startedMillis;
  }

  void onRunning(RunningNode node) {
    running = node;
  }

  void onWaiting(String reason) {
    waitsFor = reason;
  }

  @Override
  public NodeStatus status() {
    RunningNode node = running;
    List<NodeStatus.Health> health = new ArrayList<>();
    health.add(storeHealth());
    NodeStatus.Chain chainStatus = board.status(chain.health());
    if (node == null) {
      health.add(
          new NodeStatus.Health(
              "start", false, waitsFor, "mend what it names; the node tries again by itself"));
      return new NodeStatus(
          new NodeStatus.Identity(new ReplicaId(rsm, 0), key, Stake.ZERO, Stake.ZERO, Epoch.FIRST),
          version,
          startedMillis,
          chainStatus,
          List.of(),
          List.of(),
          health);
    }
    NodeStatus.Source source = node.source().status();
    NodeStatus.Destination destination = node.destination().status();
    health.add(board.health(System.currentTimeMillis()));
    health.add(peerHealth(node, node.members().local().table(), true));
    health.add(peerHealth(node, node.members().remote().table(), false));
    health.add(streamHealth(source.stream().toString(), source.halted()));
    health.add(streamHealth(destination.stream().toString(), destination.halted()));
    StakeTable table = node.members().local().table();
    return new NodeStatus(
        new NodeStatus.Identity(
            node.members().selfId(),
            key,
            table.stakeOf(node.members().self()),
            table.total(),
            table.epoch()),
        version,
        startedMillis,
        chainStatus,
        List.of(source),
        List.of(destination),
        health);
  }

  private NodeStatus.Health storeHealth() {
    return store
        .failure()
        .map(failure ->
            new NodeStatus.Health(
                "store",
                false,
                String.valueOf(failure.getMessage()),
                "mend the disk, then restart the node; nothing was acknowledged that is not on it"))
        .orElseGet(() -> new NodeStatus.Health("store", true, "writes are durable", ""));
  }

  /** Locally enough stake for certificates must be connected, remotely enough for a quack. */
  private static NodeStatus.Health peerHealth(RunningNode node, StakeTable table, boolean isLocal) {
    Quorum quorum = new Quorum(table);
    var tally = quorum.newTally();
    for (int i = 0; i < table.size(); i++) {
      boolean isSelf = isLocal && i == node.members().self();
      if (isSelf || node.network().isConnected(new ReplicaId(table.rsm(), i))) {
        tally.add(i);
      }
    }
    Stake needed = isLocal ? quorum.certificate() : quorum.quack();
    String detail =
        "connected stake " + tally.stake() + " of " + table.total() + ", needed " + needed;
    return tally.reaches(needed)
        ? new NodeStatus.Health("peers " + table.rsm(), true, detail, "")
        : new NodeStatus.Health(
            "peers " + table.rsm(),
            false,
            detail,
            "see /v1/peers: start the nodes that are away, or correct their endpoints");
  }

  private static NodeStatus.Health streamHealth(String stream, String halted) {
    return halted.isEmpty()
        ? new NodeStatus.Health("stream " + stream, true, "runs", "")
        : new NodeStatus.Health(
            "stream " + stream,
            false,
            "halted: " + halted,
            "see the log for the cause and mend it, then restart; keep the data folder");
  }

  @Override
  public List<Peer> peers() {
    RunningNode node = running;
    if (node == null) {
      return List.of();
    }
    List<Peer> peers = new ArrayList<>();
    for (PeerStatus status : node.network().statuses()) {
      StakeTable table =
          status.id().rsm().equals(rsm)
              ? node.members().local().table()
              : node.members().remote().table();
      Stake stake = table.stakeOf(status.id().index());
      double share =
          new BigDecimal(stake.units())
              .divide(new BigDecimal(table.total().units()), MathContext.DECIMAL32)
              .doubleValue();
      peers.add(new Peer(withFaults(status, node), stake, share));
    }
    return peers;
  }

  private static PeerStatus withFaults(PeerStatus status, RunningNode node) {
    Map<dev.mallard.c3b.PeerFault, Long> all = new EnumMap<>(dev.mallard.c3b.PeerFault.class);
    all.putAll(status.faults());
    node.faults().of(status.id()).forEach((fault, count) -> all.merge(fault, count, Math::max));
    return new PeerStatus(
        status.id(),
        status.endpoint(),
        status.connected(),
        status.lastSeenMillis(),
        status.queuedBytes(),
        status.dropped(),
        all,
        status.lastError());
  }

  @Override
  public MessageIndex messages() {
    return store.messages();
  }

  @Override
  public String waitsOn(MessageRecord message) {
    RunningNode node = running;
    if (node == null) {
      return waitsFor;
    }
    if (message.stream().equals(node.destination().stream())) {
      return message.times().containsKey(MessageStage.EXECUTED)
          ? ""
          : node.destination().status().waitsOn();
    }
    if (message.times().containsKey(MessageStage.RECEIPT)) {
      return "";
    }
    if (message.times().containsKey(MessageStage.QUACKED)) {
      if ((message.flags() & OutboxEntry.RECEIPT) == 0) {
        return ""; // the destination holds it and will not tell more
      }
      return "the destination holds it; it waits for execution there and the receipt";
    }
    return node.source().status().waitsOn();
  }
}
