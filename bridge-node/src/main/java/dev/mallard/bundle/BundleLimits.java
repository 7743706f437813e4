package dev.mallard.bundle;

import dev.mallard.chain.OutboxEntry;

/**
 * Where a block's entries are cut into bundles ([OUT-3]). Fixed for a stream at its creation and
 * the same at all replicas: other limits are other bundles. An entry that exceeds a limit alone
 * travels alone.
 *
 * @param entriesMax entries in a bundle
 * @param bytesMax encoded entries, in bytes
 * @param gasMax gas limits of the entries plus {@link #ENTRY_GAS} each: a certificate covers whole
 *     bundles, so each bundle must fit one delivery transaction ([DLV-1])
 */
public record BundleLimits(int entriesMax, int bytesMax, long gasMax) {
  /** What an entry costs the Inbox beyond the gas its recipient gets, from above. */
  public static final long ENTRY_GAS = 100_000;

  /**
   * For EVM chains with blocks of 30 million gas; the Outbox gives an entry 3 million at the most.
   */
  public static BundleLimits defaults() {
    return new BundleLimits(100, 48 << 10, 8_000_000);
  }

  public BundleLimits {
    if (entriesMax < 1 || bytesMax < 1 || gasMax < 1) {
      throw new IllegalArgumentException(
          "bundle limits must be positive: entries %d, bytes %d, gas %d"
              .formatted(entriesMax, bytesMax, gasMax));
    }
  }

  /** What an entry counts against {@code gasMax}. */
  static long gasOf(OutboxEntry entry) {
    return entry.gasLimit() + ENTRY_GAS;
  }
}
