package dev.mallard.testnet.sim;

/** A guarantee was broken; ends the run. */
public final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String clause;

  /**
   * A breach.
   *
   * @param clause its tag, such as {@code G-1}
   */
  public Violation(String clause, String what) {
    super("[" + clause + "] " + what);
    this.clause = clause;
  }

  /** The tag of the clause that was broken. */
  public String clause() {
    return clause;
  }
}
