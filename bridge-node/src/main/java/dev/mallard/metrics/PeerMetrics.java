package dev.mallard.metrics;

import dev.mallard.api.NodeView;
import dev.mallard.api.PeerSide;
import dev.mallard.c3b.PeerFault;
import dev.mallard.net.PeerStatus;
import java.util.List;

/**
 * Samples of the peers: stake by side, faults by kind; single peers only where an operator acts on
 * one.
 */
final class PeerMetrics {
  private PeerMetrics() {}

  static void write(PrometheusText text, List<PeerSide> sides, List<NodeView.Peer> peers) {
    for (PeerSide side : sides) {
      text.gauge(
          "mallard_peers_connected_stake_ratio",
          "Connected share of a chain's stake, 0 to 1.",
          side.connectedShare(),
          "rsm",
          side.rsm().toString());
    }
    for (NodeView.Peer peer : peers) {
      text.gauge(
          "mallard_peer_connected",
          "1 while the connection is up.",
          peer.status().connected() ? 1 : 0,
          "peer",
          peer.status().id().toString());
    }
    for (NodeView.Peer peer : peers) {
      text.gauge(
          "mallard_peer_queued_bytes",
          "Bytes that wait to be sent.",
          peer.status().queuedBytes(),
          "peer",
          peer.status().id().toString());
    }
    for (NodeView.Peer peer : peers) {
      text.counter(
          "mallard_peer_dropped_messages_total",
          "Messages dropped because the peer was away or its queue full.",
          peer.status().dropped(),
          "peer",
          peer.status().id().toString());
    }
    writeFaults(text, peers);
  }

  private static void writeFaults(PrometheusText text, List<NodeView.Peer> peers) {
    for (PeerFault fault : PeerFault.values()) {
      for (PeerStatus peer : peers.stream().map(NodeView.Peer::status).toList()) {
        Long count = peer.faults().get(fault);
        if (count != null) {
          text.counter(
              "mallard_peer_faults_total",
              "What a peer sent that was turned down.",
              count,
              "peer",
              peer.id().toString(),
              "fault",
              fault.name());
        }
      }
    }
  }
}
