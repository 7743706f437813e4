package dev.mallard.testnet.sim;

/**
 * What the network does to every message while faults last.
 *
 * @param delayMillis least time under way
 * @param jitterMillis at most so much more, each message by itself
 * @param lossPermille messages lost
 * @param duplicatePermille messages that arrive twice
 * @param isReordering whether messages of one pair may overtake each other
 */
public record NetPlan(
    int delayMillis,
    int jitterMillis,
    int lossPermille,
    int duplicatePermille,
    boolean isReordering) {
  /** The same network without faults. */
  public NetPlan healed() {
    return new NetPlan(delayMillis, jitterMillis, 0, 0, false);
  }

  /** Whether it does nothing but delay. */
  public boolean isFaultless() {
    return lossPermille == 0 && duplicatePermille == 0;
  }
}
