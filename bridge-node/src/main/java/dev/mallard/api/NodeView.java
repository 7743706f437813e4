package dev.mallard.api;

import dev.mallard.net.PeerStatus;
import dev.mallard.stake.Stake;
import dev.mallard.store.MessageIndex;
import dev.mallard.store.MessageRecord;
import java.util.List;

/**
 * What the running node shows of itself. Every method answers from published snapshots, but for
 * those of the index.
 */
public interface NodeView {
  /** Everything at a glance. */
  NodeStatus status();

  /** Peers of both sides with the stake they hold. */
  List<Peer> peers();

  /** The life of messages; its reads block. */
  MessageIndex messages();

  /**
   * For a message that has not reached its last stage: on whom it waits and why, one sentence;
   * empty if it waits on nobody.
   */
  String waitsOn(MessageRecord message);

  /**
   * Everything that a load balancer or an operator should hold against this node now; empty when it
   * is ready.
   */
  default List<NodeStatus.Health> unhealthy() {
    return status().health().stream().filter(h -> !h.ok()).toList();
  }

  /**
   * A peer and its weight.
   *
   * @param share of its RSM's stake, 0 to 1, for display
   */
  record Peer(PeerStatus status, Stake stake, double share) {}
}
