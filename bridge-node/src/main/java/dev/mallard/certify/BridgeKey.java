package dev.mallard.certify;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.security.SecureRandom;

/**
 * A validator's bridge key. It signs; it is never printed, and its bytes leave it only into an
 * encrypted keystore.
 */
public final class BridgeKey {
  /** Length of a private key in bytes. */
  public static final int BYTES = 32;

  private final SignatureScheme scheme;
  private final byte[] privateKey;
  private final BridgeAddress address;

  private BridgeKey(SignatureScheme scheme, byte[] privateKey) {
    this.scheme = scheme;
    this.privateKey = privateKey;
    this.address = scheme.addressOf(privateKey);
  }

  /** Of the bytes of a private key, which are copied; IllegalArgumentException if they are none. */
  public static BridgeKey of(SignatureScheme scheme, byte[] privateKey) {
    return new BridgeKey(scheme, privateKey.clone());
  }

  /** A new key. */
  public static BridgeKey generate(SignatureScheme scheme, SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    while (true) {
      random.nextBytes(bytes);
      try {
        return new BridgeKey(scheme, bytes);
      } catch (IllegalArgumentException e) {
        // not below the group's order, about once in 2^128
      }
    }
  }

  /** The Ethereum address that the stake tables know it by. */
  public BridgeAddress address() {
    return address;
  }

  /** Signs a digest. */
  public Signature sign(Hash32 digest) {
    return scheme.sign(digest, privateKey);
  }

  /** The private key, for an encrypted keystore and a transaction signer only; a copy. */
  public byte[] exportPrivateKey() {
    return privateKey.clone();
  }

  @Override
  public String toString() {
    return "bridge key of " + address.toHex();
  }
}
