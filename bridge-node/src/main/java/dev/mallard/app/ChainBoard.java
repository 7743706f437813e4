package dev.mallard.app;

import dev.mallard.api.NodeStatus;
import dev.mallard.chain.BlockHead;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainHeads;
import dev.mallard.chain.ChainHealth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the follower last saw of the local chain; written by its thread, read by any. */
final class ChainBoard {
  private final int headAgeSecondsMax;
  private volatile @Nullable ChainHeads heads;
  private volatile long seenMillis;
  private volatile String unavailable = "";
  private volatile String suspect = "";
  private volatile @Nullable BlockRef readTo;

  /**
   * An empty board.
   *
   * @param headAgeSecondsMax how long the newest block may stand still before the chain counts as
   *     unhealthy
   */
  ChainBoard(int headAgeSecondsMax) {
    this.headAgeSecondsMax = headAgeSecondsMax;
  }

  void onHeads(ChainHeads now, long wallMillis) {
    ChainHeads before = heads;
    if (before == null || !before.latest().equals(now.latest())) {
      seenMillis = wallMillis;
    }
    heads = now;
  }

  /** A whole look went through; a chain that stands still answers too. */
  void onAnswered() {
    unavailable = "";
  }

  void onUnavailable(String reason) {
    unavailable = reason;
  }

  void onSuspect(String reason) {
    suspect = reason;
  }

  /** An earlier run has read up to this block, which is beyond the finalized one. */
  void onBehind(BlockRef block) {
    readTo = block;
  }

  /** The Outbox was read on: what looked wrong has passed. */
  void onProgress() {
    suspect = "";
  }

  /** For the status page. */
  NodeStatus.Chain status(ChainHealth endpoints) {
    ChainHeads now = heads;
    Optional<BlockHead> latest = Optional.ofNullable(now).map(ChainHeads::latest);
    Optional<BlockHead> finalized = Optional.ofNullable(now).map(ChainHeads::finalized);
    return new NodeStatus.Chain(latest, finalized, seenMillis, endpoints);
  }

  /** Whether the chain answers, moves, and agrees with itself; with a remedy where it does not. */
  NodeStatus.Health health(long wallMillis) {
    if (!unavailable.isEmpty()) {
      return bad(
          unavailable,
          "start the chain node or correct chain.rpc-urls; the bridge node goes on by itself");
    }
    ChainHeads now = heads;
    if (now == null) {
      return bad("no block seen yet", "wait, or see whether the chain node answers");
    }
    BlockRef before = readTo;
    if (before != null && now.finalized().ref().number() < before.number()) {
      return bad(
          "finalized block "
              + now.finalized().ref()
              + " is behind "
              + before
              + ", up to which this node has read already",
          "wait if the chain node is syncing; else chain.rpc-urls names a node of another chain with"
              + " this id. If the chain itself began anew, its bridge must too: new contracts and a"
              + " data folder of its own");
    }
    long ageSeconds = (wallMillis - seenMillis) / 1000;
    if (ageSeconds > headAgeSecondsMax) {
      return bad(
          "no new block for "
              + ageSeconds
              + " s (chain.head-age-seconds-max "
              + headAgeSecondsMax
              + ")",
          "see whether the chain node is synced and the chain produces blocks");
    }
    if (!suspect.isEmpty()) {
      return bad(
          suspect,
          "the RPC drops logs or is behind; use another or a second one in chain.rpc-urls");
    }
    return new NodeStatus.Health("chain", true, "newest block seen " + ageSeconds + " s ago", "");
  }

  private static NodeStatus.Health bad(String detail, String remedy) {
    return new NodeStatus.Health("chain", false, detail, remedy);
  }
}
