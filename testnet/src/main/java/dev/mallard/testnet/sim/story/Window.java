package dev.mallard.testnet.sim.story;

/**
 * The part of a run that is drawn.
 *
 * @param fromMillis when it begins
 * @param toMillis when it ends; past the run's end for all of it
 */
public record Window(long fromMillis, long toMillis) {
  /** The whole run. */
  public static final Window ALL = new Window(0, Long.MAX_VALUE);

  public Window {
    if (fromMillis < 0 || toMillis <= fromMillis) {
      throw new IllegalArgumentException(
          "a window of time ends after it begins, got " + fromMillis + " to " + toMillis + " ms");
    }
  }

  boolean overlaps(long from, long to) {
    return from <= toMillis && to >= fromMillis;
  }

  boolean contains(long at) {
    return at >= fromMillis && at <= toMillis;
  }
}
