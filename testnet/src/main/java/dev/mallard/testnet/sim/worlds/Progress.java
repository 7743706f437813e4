package dev.mallard.testnet.sim.worlds;

/** Hears how far a walk is, after each depth. */
@FunctionalInterface
public interface Progress {
  /**
   * All states of a depth have been looked at.
   *
   * @param place where the liar is, or "no liar"
   * @param depth events or surprises, as {@link Manner#counted} says
   * @param states distinct states so far
   * @param frontier states whose turn is next
   */
  void onDepth(String place, Manner manner, int depth, long states, long frontier);
}
