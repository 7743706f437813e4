package dev.mallard.api;

import dev.mallard.net.PeerStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.TreeMap;

/** The peers as the document's schema {@code Peers} says. */
final class PeersJson {
  private PeersJson() {}

  static JsonObject of(NodeStatus.Identity identity, List<NodeView.Peer> peers) {
    JsonArray sides = new JsonArray();
    PeerSide.of(identity, peers).forEach(side -> sides.add(side(side)));
    JsonArray rows = new JsonArray();
    peers.forEach(peer -> rows.add(peer(peer)));
    return new JsonObject().put("sides", sides).put("peers", rows);
  }

  private static JsonObject side(PeerSide side) {
    return new JsonObject()
        .put("rsm", side.rsm().value())
        .put("isLocal", side.isLocal())
        .put("peers", side.peers())
        .put("connected", side.connected())
        .put("stake", side.stake().toString())
        .put("connectedStake", side.connectedStake().toString())
        .put("connectedShare", side.connectedShare());
  }

  private static JsonObject peer(NodeView.Peer peer) {
    PeerStatus status = peer.status();
    JsonObject json =
        new JsonObject()
            .put("id", status.id().toString())
            .put("rsm", status.id().rsm().value())
            .put("index", status.id().index())
            .put("endpoint", status.endpoint())
            .put("connected", status.connected());
    if (status.lastSeenMillis() != 0) {
      json.put("lastSeenAt", Times.ofMillis(status.lastSeenMillis()))
          .put("lastSeenMillis", status.lastSeenMillis());
    }
    JsonObject faults = new JsonObject();
    new TreeMap<>(status.faults()).forEach((fault, count) -> faults.put(fault.name(), count));
    return json.put("stake", peer.stake().toString())
        .put("share", peer.share())
        .put("queuedBytes", status.queuedBytes())
        .put("dropped", status.dropped())
        .put("faults", faults)
        .put("faultsTotal", status.faults().values().stream().mapToLong(Long::longValue).sum())
        .put("lastError", status.lastError());
  }
}
