package dev.mallard.testnet.localnet;

import dev.mallard.stake.RsmId;

/**
 * What to start.
 *
 * @param slotsInAnEpoch finality is twice as many blocks deep
 */
public record NetworkPlan(
    NetworkFolder folder, StakeSpec stakes, RsmId left, RsmId right, int slotsInAnEpoch) {
  /** The chain ids that a network has unless told otherwise. */
  public static final RsmId LEFT = new RsmId(31_337);

  /** The second chain's id. */
  public static final RsmId RIGHT = new RsmId(31_338);

  /** Two chains with one-second blocks and finality two blocks deep. */
  public static NetworkPlan of(NetworkFolder folder, StakeSpec stakes) {
    return new NetworkPlan(folder, stakes, LEFT, RIGHT, 1);
  }
}
