package dev.mallard.api;

import dev.mallard.api.NodeStatus.Health;
import dev.mallard.chain.BlockHead;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A node for a person's eye: what {@code mallard status} prints. */
final class StatusText {
  private StatusText() {}

  static String of(
      NodeStatus status, List<NodeView.Peer> peers, List<Health> unhealthy, long nowMillis) {
    return head(status, unhealthy.isEmpty(), nowMillis)
        + "\n"
        + chain(status, nowMillis)
        + "\n"
        + streams(status)
        + "\n"
        + sides(status, peers)
        + "\n"
        + health(status);
  }

  private static String head(NodeStatus status, boolean isReady, long nowMillis) {
    NodeStatus.Identity identity = status.identity();
    Duration up = Duration.ofSeconds(Math.max(0, nowMillis - status.startedMillis()) / 1_000);
    return String.format(
        Locale.ROOT,
        "node %s  %s  stake %s of %s, epoch %d  version %s  up %s%n%s%n",
        identity.replica(),
        identity.key(),
        identity.stake(),
        identity.total(),
        identity.epoch().number(),
        status.version(),
        up.toString().substring(2).toLowerCase(Locale.ROOT),
        isReady ? "READY" : "NOT READY: see health below");
  }

  private static String chain(NodeStatus status, long nowMillis) {
    NodeStatus.Chain chain = status.chain();
    return new TextTable()
        .row("CHAIN", "LATEST", "FINALIZED", "SUSPECT READS")
        .row(
            status.identity().replica().rsm(),
            head(chain.latest(), nowMillis),
            head(chain.finalized(), nowMillis),
            chain.health().suspectReads())
        .toString();
  }

  private static String head(Optional<BlockHead> head, long nowMillis) {
    return head.map(h -> h.ref().number() + " (" + StatusJson.ageSeconds(h, nowMillis) + " s old)")
        .orElse("none yet");
  }

  private static String streams(NodeStatus status) {
    TextTable table =
        new TextTable()
            .row(
                "STREAM",
                "SENT",
                "CERTIFIED",
                "QUACKED",
                "IN FLIGHT",
                "CROSSED HERE",
                "RESENT",
                "");
    status
        .sources()
        .forEach(s ->
            table.row(
                s.stream() + " out",
                s.built(),
                s.certified(),
                s.quacked(),
                s.inFlight(),
                s.crossings(),
                s.resends(),
                remark(s.waitsOn(), s.halted())));
    String out = table.toString();
    TextTable incoming =
        new TextTable()
            .row("STREAM", "TOLD OF", "HELD", "EXECUTED", "FINAL", "CROSSED HERE", "SUBMITTED", "");
    status
        .destinations()
        .forEach(d ->
            incoming.row(
                d.stream() + " in",
                d.announced(),
                d.held(),
                d.executed(),
                d.executedFinal(),
                d.crossed(),
                d.submitted(),
                remark(d.waitsOn(), d.halted())));
    return out + "\n" + incoming + "(bundles; held and quacked say nothing of execution)\n";
  }

  private static String remark(String waitsOn, String halted) {
    return halted.isEmpty() ? waitsOn : "HALTED: " + halted;
  }

  private static String sides(NodeStatus status, List<NodeView.Peer> peers) {
    TextTable table = new TextTable().row("PEERS OF", "CONNECTED", "STAKE CONNECTED");
    for (PeerSide side : PeerSide.of(status.identity(), peers)) {
      table.row(
          side.rsm() + (side.isLocal() ? " (own)" : ""),
          side.connected() + " of " + side.peers(),
          String.format(Locale.ROOT, "%.1f %%", 100 * side.connectedShare()));
    }
    return table.toString();
  }

  private static String health(NodeStatus status) {
    TextTable table = new TextTable().row("HEALTH", "", "");
    for (Health row : status.health()) {
      table.row(row.ok() ? "ok" : "FAIL", row.component(), row.detail());
      if (!row.ok()) {
        table.row("", "", "-> " + row.remedy());
      }
    }
    return table.toString();
  }
}
