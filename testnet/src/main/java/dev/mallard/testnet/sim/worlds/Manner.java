package dev.mallard.testnet.sim.worlds;

/** How a world is walked, and what its depth counts. */
public enum Manner {
  /**
   * Breadth first: every order of events, up to a number of events. Whoever comes to an end has
   * seen all there is.
   */
  EVENTS("events"),
  /**
   * Everything takes its usual turn but for a number of surprises, which may come at any point: a
   * message, a certificate or an answer of disk or verifier that is put aside until later, and an
   * act of the liar. Crashes, restarts and losses are no surprise: they come wherever they can. So
   * runs are seen from beginning to end where all orders are too many.
   */
  SURPRISES("surprises");

  private final String counted;

  Manner(String counted) {
    this.counted = counted;
  }

  /** What a depth is a number of. */
  public String counted() {
    return counted;
  }
}
