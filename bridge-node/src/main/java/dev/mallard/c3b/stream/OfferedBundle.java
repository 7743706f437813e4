package dev.mallard.c3b.stream;

/**
 * A bundle as a peer sent it: nothing of it is believed before the verifier of [RECV-1] has passed
 * it.
 */
public record OfferedBundle(BundleHeader header, BundleBody body, BundleProof proof) {}
