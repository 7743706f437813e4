package dev.mallard.testnet.demo;

import java.util.List;

/**
 * All that the checks look at.
 *
 * @param killWindow when nodes were down or catching up; failed deliveries are excused only then
 */
public record Evidence(
    List<Settled> transfers,
    List<StreamEvidence> streams,
    List<SupplyEvidence> supplies,
    List<NodeEvidence> nodes,
    BundleCounts faultFree,
    BundleCounts all,
    KillWindow killWindow) {
  public Evidence {
    transfers = List.copyOf(transfers);
    streams = List.copyOf(streams);
    supplies = List.copyOf(supplies);
    nodes = List.copyOf(nodes);
  }

  /**
   * Seconds since 1970, both included; {@link #NONE} if nothing was killed.
   *
   * @param fromSeconds time of the first kill
   * @param toSeconds when the last killed node had caught up
   */
  public record KillWindow(long fromSeconds, long toSeconds) {
    /** Excuses nothing. */
    public static final KillWindow NONE = new KillWindow(Long.MAX_VALUE, Long.MIN_VALUE);

    /** Whether a block of that time is excused; blocks may be stamped a second late. */
    public boolean contains(long seconds) {
      return seconds >= fromSeconds && seconds - 1 <= toSeconds;
    }
  }
}
