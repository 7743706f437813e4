package dev.mallard.c3b.receive;

import dev.mallard.c3b.StateSink;
import dev.mallard.c3b.quack.StakeFrontier;
import dev.mallard.stake.Quorum;
import dev.mallard.stake.StakeTable;

/**
 * How far the source says it is ([SEND-3]). Single replicas may lie; what r_s + 1 stake says is
 * believed ([GC-2]). What a single one says decides nothing but what this replica says it misses.
 */
public final class SourceProgress {
  private final StakeFrontier quacked;
  private final StakeFrontier top;
  private long topClaimed;

  /**
   * @param start a bundle that is known to be quacked: executed by the local chain
   */
  public SourceProgress(StakeTable source, long start) {
    Quorum quorum = new Quorum(source);
    this.quacked = new StakeFrontier(source, quorum.announcement(), start);
    this.top = new StakeFrontier(source, quorum.announcement(), start);
    this.topClaimed = start;
  }

  /**
   * A replica told how far it is.
   *
   * @return whether more is believed than before
   */
  public boolean onAnnounced(int replica, long newTop, long newQuacked) {
    topClaimed = Math.max(topClaimed, newTop);
    boolean isNews = top.raise(replica, newTop);
    return quacked.raise(replica, newQuacked) || isNews;
  }

  /** A correct local replica holds everything up to here ([GC-2]). */
  public long quacked() {
    return quacked.frontier();
  }

  /** The highest certified bundle that is believed to exist. */
  public long top() {
    return top.frontier();
  }

  /** The highest that anybody claims. */
  public long topClaimed() {
    return topClaimed;
  }

  /** The highest certified bundle that a source replica told of. */
  public long topOf(int replica) {
    return top.valueOf(replica);
  }

  /** The highest quacked bundle that a source replica told of. */
  public long quackedOf(int replica) {
    return quacked.valueOf(replica);
  }

  /** For {@link StateSink}. */
  public void describeState(StateSink sink) {
    quacked.describeState(sink);
    top.describeState(sink);
    sink.put(topClaimed);
  }
}
