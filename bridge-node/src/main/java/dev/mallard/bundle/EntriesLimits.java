package dev.mallard.bundle;

/**
 * What a bundle's encoded entries may hold at most before anything of them is believed.
 *
 * @param bytesMax the whole body, in bytes
 * @param entriesMax entries
 * @param payloadBytesMax of one entry; above the Outbox's own limit, since system entries wrap
 *     payloads
 * @param accountBytes exact length of senders and recipients, 20 on EVM chains
 */
public record EntriesLimits(int bytesMax, int entriesMax, int payloadBytesMax, int accountBytes) {
  /** Fits {@link BundleLimits#defaults}. */
  public static EntriesLimits defaults() {
    return new EntriesLimits(1 << 20, 4096, 64 << 10, 20);
  }

  public EntriesLimits {
    if (bytesMax < 1 || entriesMax < 1 || payloadBytesMax < 0 || accountBytes < 1) {
      throw new IllegalArgumentException(
          "entries limits must be positive: bytes %d, entries %d, payload %d, account %d"
              .formatted(bytesMax, entriesMax, payloadBytesMax, accountBytes));
    }
  }

  /** Refuses limits under which a correct replica's bundle could not be decoded. */
  public void requireFor(BundleLimits bundles) {
    if (entriesMax < bundles.entriesMax()
        || bytesMax < (long) bundles.bytesMax() + payloadBytesMax) {
      throw new IllegalArgumentException(
          "entriesMax %d and bytesMax %d do not hold a bundle of %d entries and %d bytes; raise them"
              .formatted(entriesMax, bytesMax, bundles.entriesMax(), bundles.bytesMax()));
    }
  }
}
