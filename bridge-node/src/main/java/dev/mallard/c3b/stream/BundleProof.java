package dev.mallard.c3b.stream;

/**
 * What shows that the source transmitted a bundle: a certificate ([CERT-2]). The core carries it
 * unseen.
 */
public interface BundleProof {}
