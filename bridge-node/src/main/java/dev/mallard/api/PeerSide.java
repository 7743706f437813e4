package dev.mallard.api;

import dev.mallard.stake.RsmId;
import dev.mallard.stake.Stake;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * One chain's nodes, seen from this one.
 *
 * @param isLocal the chain of this node, which counts itself as connected
 * @param peers other nodes
 */
public record PeerSide(
    RsmId rsm, boolean isLocal, int peers, int connected, Stake stake, Stake connectedStake) {

  private static final long SHARE_STEPS = 1_000_000;

  /** The sides that have a validator, in order of their ids. */
  public static List<PeerSide> of(NodeStatus.Identity identity, List<NodeView.Peer> peers) {
    TreeSet<RsmId> rsms = new TreeSet<>();
    rsms.add(identity.replica().rsm());
    peers.forEach(peer -> rsms.add(peer.status().id().rsm()));
    List<PeerSide> sides = new ArrayList<>();
    rsms.forEach(rsm -> sides.add(side(rsm, identity, peers)));
    return sides;
  }

  private static PeerSide side(RsmId rsm, NodeStatus.Identity identity, List<NodeView.Peer> all) {
    boolean isLocal = rsm.equals(identity.replica().rsm());
    List<NodeView.Peer> peers =
        all.stream().filter(p -> p.status().id().rsm().equals(rsm)).toList();
    List<NodeView.Peer> up = peers.stream().filter(p -> p.status().connected()).toList();
    Stake own = isLocal ? identity.stake() : Stake.ZERO;
    return new PeerSide(rsm, isLocal, peers.size(), up.size(), sum(own, peers), sum(own, up));
  }

  private static Stake sum(Stake first, List<NodeView.Peer> peers) {
    return peers.stream().map(NodeView.Peer::stake).reduce(first, Stake::plus);
  }

  /** 0 to 1 in millionths, rounded down; for display, no threshold uses it. */
  public double connectedShare() {
    if (stake.isZero()) {
      return 0;
    }
    BigInteger steps =
        connectedStake.units().multiply(BigInteger.valueOf(SHARE_STEPS)).divide(stake.units());
    return steps.longValueExact() / (double) SHARE_STEPS;
  }
}
