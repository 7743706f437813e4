package dev.mallard.c3b.stream;

/**
 * A bundle that the source RSM transmitted, with the certificate that shows it. Made in two places
 * only: from the local chain with a certificate of the local replicas, and by the verifier of
 * [RECV-1].
 */
public record CertifiedBundle(BundleHeader header, BundleBody body, BundleProof proof) {
  /** The C3B sequence number. */
  public long sequence() {
    return header.sequence();
  }
}
