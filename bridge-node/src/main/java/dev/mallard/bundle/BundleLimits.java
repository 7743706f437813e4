package dev.mallard.bundle;

/**
 * Where a block's entries are cut into several bundles ([OUT-3]); fixed for a stream, the same at
 * all replicas.
 *
 * @param entriesMax entries of a bundle
 * @param payloadBytesMax payload bytes of a bundle; a single larger entry is a bundle of its own
 */
public record BundleLimits(int entriesMax, int payloadBytesMax) {
  /** The limits of protocol version 1. */
  public static final BundleLimits V1 = new BundleLimits(64, 64 * 1024);
}
