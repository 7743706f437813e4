package dev.mallard.deliver;

import dev.mallard.bundle.BundleLimits;

/**
 * What one delivery transaction may carry.
 *
 * @param bundlesMax bundles
 * @param entriesMax entries
 * @param bytesMax call data; chain nodes take transactions of 128 KiB
 * @param gasMax gas limit of the transaction, well below the destination's block gas limit
 */
public record DeliveryLimits(int bundlesMax, int entriesMax, int bytesMax, long gasMax) {
  /**
   * Bytes of an entry's fields in call data beside its payload: offset, eight words, the payload's
   * length.
   */
  static final int ENTRY_BYTES = 10 * 32;

  /** For EVM chains with blocks of 30 million gas. */
  public static DeliveryLimits defaults() {
    return new DeliveryLimits(64, 256, 112 << 10, 20_000_000);
  }

  public DeliveryLimits {
    if (bundlesMax < 1 || entriesMax < 1 || bytesMax < 1 || gasMax < 1) {
      throw new IllegalArgumentException(
          "delivery limits must be positive: bundles %d, entries %d, bytes %d, gas %d"
              .formatted(bundlesMax, entriesMax, bytesMax, gasMax));
    }
  }

  /**
   * Refuses limits under which a bundle alone could not be delivered: half of the gas is left to
   * the certificate.
   *
   * @throws IllegalArgumentException naming the values
   */
  public void requireFor(BundleLimits bundles) {
    if (gasMax < 2 * bundles.gasMax()
        || entriesMax < bundles.entriesMax()
        || bytesMax < (long) bundles.bytesMax() + (long) ENTRY_BYTES * bundles.entriesMax()) {
      throw new IllegalArgumentException(
          "a bundle of %d entries, %d bytes and %d gas does not fit a delivery of %d entries, %d bytes and %d gas"
              .formatted(
                  bundles.entriesMax(),
                  bundles.bytesMax(),
                  bundles.gasMax(),
                  entriesMax,
                  bytesMax,
                  gasMax));
    }
  }
}
