package dev.mallard.testnet.sim.worlds;

/**
 * What the world sees of a replica's state.
 *
 * @param canCertify a bundle may get its certificate here
 * @param canSync the disk has something to write
 * @param canVerify the verifier has something to answer
 * @param held destination: p as the core sees it
 * @param durable destination: the last bundle of which all before it are durable too
 * @param quacked source: the cumulative quack frontier of the core
 * @param forgotten source: the disk has dropped everything up to here ([GC-1])
 * @param believedQuacked destination: what it believes of the source's quacks ([GC-2])
 * @param isDone whether everything has been certified and quacked, or delivered, here
 */
record Outlook(
    boolean isUp,
    boolean canCertify,
    boolean canSync,
    boolean canVerify,
    long held,
    long durable,
    long quacked,
    long forgotten,
    long believedQuacked,
    boolean isDone) {
  static Outlook ofSource(
      boolean isUp,
      boolean canCertify,
      boolean canSync,
      long quacked,
      long forgotten,
      boolean isDone) {
    return new Outlook(isUp, canCertify, canSync, false, 0, 0, quacked, forgotten, 0, isDone);
  }

  static Outlook ofDestination(
      boolean isUp,
      boolean canSync,
      boolean canVerify,
      long held,
      long durable,
      long believedQuacked,
      boolean isDone) {
    return new Outlook(
        isUp, false, canSync, canVerify, held, durable, 0, 0, believedQuacked, isDone);
  }

  /** Whether one of a replica's own events may happen. */
  boolean can(int input) {
    return switch (input) {
      case Post.CERTIFY -> canCertify;
      case Post.SYNC -> canSync;
      case Post.VERIFY -> canVerify;
      default -> throw new IllegalArgumentException("no event of a replica's own: " + input);
    };
  }
}
