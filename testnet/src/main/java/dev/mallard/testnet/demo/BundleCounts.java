package dev.mallard.testnet.demo;

/**
 * Bundles of both streams, as the nodes count them.
 *
 * @param count bundles built
 * @param crossings bundles sent to the other side as scheduled
 * @param resends bundles sent again in resend rounds
 */
public record BundleCounts(long count, long crossings, long resends) {
  /** Nothing yet. */
  public static final BundleCounts NONE = new BundleCounts(0, 0, 0);

  /** Whether each bundle crossed exactly once ([G-5]). */
  public boolean isParsimonious() {
    return crossings == count && resends == 0;
  }

  /** The sum with another stream's. */
  public BundleCounts plus(BundleCounts other) {
    return new BundleCounts(
        count + other.count, crossings + other.crossings, resends + other.resends);
  }
}
