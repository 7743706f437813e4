package dev.mallard.testnet.sim.scale;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Virtual times of each bundle's stages; of the last replica to reach one. */
final class Delays {
  private final long[] finalizedAt;
  private final long[] certifiedAt;
  private final long[] heldAt;
  private final long[] quackedAt;

  Delays(int bundles) {
    this.finalizedAt = new long[bundles + 1];
    this.certifiedAt = new long[bundles + 1];
    this.heldAt = new long[bundles + 1];
    this.quackedAt = new long[bundles + 1];
  }

  void onFinalized(long sequence, long now) {
    finalizedAt[(int) sequence] = now;
  }

  void onCertified(long sequence, long now) {
    certifiedAt[(int) sequence] = now;
  }

  /** A replica held everything up to {@code before}, and does up to {@code sequence} now. */
  void onHeld(long before, long sequence, long now) {
    Arrays.fill(heldAt, (int) before + 1, (int) sequence + 1, now);
  }

  /**
   * A replica knew everything up to {@code before} quacked, and does up to {@code sequence} now.
   */
  void onQuacked(long before, long sequence, long now) {
    Arrays.fill(quackedAt, (int) before + 1, (int) sequence + 1, now);
  }

  /** From finalized to certified at the last replica, of the bundle at this share of all. */
  long certifiedMillis(int percent) {
    return percentile(certifiedAt, percent);
  }

  /** From finalized to held at the last replica. */
  long heldMillis(int percent) {
    return percentile(heldAt, percent);
  }

  /** From finalized to quacked at the last replica. */
  long quackedMillis(int percent) {
    return percentile(quackedAt, percent);
  }

  private long percentile(long[] reachedAt, int percent) {
    int bundles = finalizedAt.length - 1;
    long[] sorted =
        IntStream.rangeClosed(1, bundles)
            .mapToLong(k -> reachedAt[k] - finalizedAt[k])
            .sorted()
            .toArray();
    return sorted[Math.min(bundles - 1, bundles * percent / 100)];
  }
}
