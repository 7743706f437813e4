package dev.mallard.certify;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.util.Optional;

/** ECDSA over secp256k1 as the EVM checks it. Implementations give equal results; any thread. */
public interface SignatureScheme {
  /** Bytes of a private key. */
  int SECRET_BYTES = 32;

  /** Whether 32 bytes are a private key: above zero, below the group's order. */
  boolean isSecret(byte[] secret);

  /** The address of a private key. */
  BridgeAddress addressOf(byte[] secret);

  /** Deterministic (RFC 6979 with SHA-256), s in the lower half. */
  Signature sign(Hash32 digest, byte[] secret);

  /**
   * Who signed; empty if it is no signature at all, or one with s in the upper half, which
   * contracts refuse too.
   */
  Optional<BridgeAddress> recover(Hash32 digest, Signature signature);
}
