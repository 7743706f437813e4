package dev.mallard.certify;

import dev.mallard.bundle.BundleHeaderHash;
import dev.mallard.c3b.stream.BundleHeader;

/** The one attestation that belongs to a bundle header ([CERT-1]). */
public final class Attestations {
  private Attestations() {}

  /** What a replica that built this bundle says of it. */
  public static Attestation of(BundleHeader header) {
    return new Attestation(
        header.stream(),
        header.epoch(),
        header.sequence(),
        header.lastIndex(),
        header.accAfter(),
        BundleHeaderHash.of(header));
  }
}
