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
   * message or an answer of disk or verifier that is put aside until later, one that comes before
   * its turn, time that passes early, a crash, a restart, a loss, a lie. So runs are seen from
   * beginning to end where all orders are too many.
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
