package dev.mallard.bundle;

import dev.mallard.chain.OutboxEntry;

/**
 * Where a block's entries are cut into several bundles ([OUT-3]); fixed for a stream, the same at
 * all replicas. A single entry that exceeds a limit is a bundle of its own.
 *
 * @param entriesMax entries of a bundle
 * @param payloadBytesMax payload bytes of a bundle
 * @param gasMax {@link #gasOf} of its entries together: a certificate covers whole bundles, so each
 *     must fit one delivery transaction ([DLV-1]), or whoever asks for much gas in one block would
 *     stop the stream
 */
public record BundleLimits(int entriesMax, int payloadBytesMax, long gasMax) {
  /** The limits of protocol version 1. */
  public static final BundleLimits V1 = new BundleLimits(64, 64 * 1024, 8_000_000);

  private static final long ENTRY_GAS = 86_000;
  private static final long PAYLOAD_BYTE_GAS = 48;

  /** What the Inbox gives an application that it tells of a failure: its constant. */
  private static final long RECEIPT_GAS = 300_000;

  private static final long CALL_KEEPS_BACK = 62;

  public BundleLimits {
    if (entriesMax < 1 || payloadBytesMax < 1 || gasMax < 1) {
      throw new IllegalArgumentException(
          String.format(
              java.util.Locale.ROOT,
              "bundle limits must be positive: entries %d, payload bytes %d, gas %d",
              entriesMax,
              payloadBytesMax,
              gasMax));
    }
  }

  /**
   * What an entry costs its delivery, from above: bookkeeping, call data, the gas its sender asked
   * for and the 64th that a call keeps back. Part of the protocol since bundles are cut by it.
   */
  public static long gasOf(OutboxEntry entry) {
    boolean isSystem = (entry.flags() & OutboxEntry.SYSTEM) != 0;
    long asked = isSystem ? RECEIPT_GAS : entry.gasLimit();
    long gasLimit = Math.min(asked, Long.MAX_VALUE / 4);
    return ENTRY_GAS
        + PAYLOAD_BYTE_GAS * entry.payload().size()
        + gasLimit
        + gasLimit / CALL_KEEPS_BACK
        + 1;
  }
}
