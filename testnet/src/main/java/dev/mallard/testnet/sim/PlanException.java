package dev.mallard.testnet.sim;

/**
 * A plan that cannot be run; the message names the place, what is wrong and what would be right.
 */
public final class PlanException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message for the person who wrote the plan. */
  public PlanException(String message) {
    super(message);
  }
}
