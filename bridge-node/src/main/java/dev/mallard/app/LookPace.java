package dev.mallard.app;

/**
 * How long to wait for a hint before looking at the chain without one. As long as hints find new
 * blocks and looks without one don't, hints can be relied on, and a look without one only makes
 * sure; a block that came without a hint ends that. On the follower's thread.
 */
final class LookPace {
  /** Poll intervals between looks while hints come; the longest that a lost hint may delay. */
  static final int HINTED_POLLS = 4;

  private final int pollMillis;
  private boolean hintsCome;

  LookPace(int pollMillis) {
    this.pollMillis = pollMillis;
  }

  /**
   * A look is done.
   *
   * @param hinted whether a hint asked for it
   * @param moved whether there was a new block
   */
  void onLook(boolean hinted, boolean moved) {
    if (moved) {
      hintsCome = hinted;
    }
  }

  int waitMillis() {
    return hintsCome ? pollMillis * HINTED_POLLS : pollMillis;
  }
}
