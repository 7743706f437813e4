package dev.mallard.certify;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.util.Optional;

/** secp256k1 over 32-byte digests. Deterministic; safe for any thread. */
public interface SignatureScheme {
  /** Signs; s is in the lower half. */
  Signature sign(Hash32 digest, byte[] privateKey);

  /**
   * The address whose key made the signature; empty for one that no key can have made or whose s is
   * high.
   */
  Optional<BridgeAddress> recover(Hash32 digest, Signature signature);

  /** The address of a private key; IllegalArgumentException if it is none. */
  BridgeAddress addressOf(byte[] privateKey);
}
