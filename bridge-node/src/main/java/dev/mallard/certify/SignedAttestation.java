package dev.mallard.certify;

/**
 * An attestation as a local peer sent it; unverified until {@code AttestationVerifier} has passed
 * it.
 */
public record SignedAttestation(Attestation attestation, Signature signature) {}
