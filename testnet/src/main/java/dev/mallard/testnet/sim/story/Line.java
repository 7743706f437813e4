package dev.mallard.testnet.sim.story;

/**
 * One line of a timeline.
 *
 * @param order among lines of one time
 * @param who acts, perhaps several
 */
record Line(long at, long order, String who, String what) implements Comparable<Line> {
  @Override
  public int compareTo(Line that) {
    int byTime = Long.compare(at, that.at);
    return byTime != 0 ? byTime : Long.compare(order, that.order);
  }
}
