package dev.mallard.certify;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;
import javax.security.auth.Destroyable;

/**
 * A replica's private key. It signs attestations, acks and transactions, and is never shown: no
 * accessor, no string, no serial form. Any thread.
 */
public final class BridgeKey implements Destroyable {
  private final SignatureScheme scheme;
  private final byte[] secret;
  private final BridgeAddress address;
  private boolean isDestroyed;

  private BridgeKey(SignatureScheme scheme, byte[] secret) {
    this.scheme = scheme;
    this.secret = secret;
    this.address = scheme.addressOf(secret);
  }

  /**
   * Copies a private key; the caller wipes its own bytes.
   *
   * @throws IllegalArgumentException if it is none; the message doesn't show it
   */
  public static BridgeKey of(byte[] secret, SignatureScheme scheme) {
    if (!scheme.isSecret(secret)) {
      throw new IllegalArgumentException("not a secp256k1 private key");
    }
    return new BridgeKey(scheme, secret.clone());
  }

  /** A new key. */
  public static BridgeKey generate(SecureRandom random, SignatureScheme scheme) {
    byte[] secret = new byte[SignatureScheme.SECRET_BYTES];
    do {
      random.nextBytes(secret);
    } while (!scheme.isSecret(secret));
    return new BridgeKey(scheme, secret);
  }

  /** Whose signatures these are; stays known after {@link #destroy}. */
  public BridgeAddress address() {
    return address;
  }

  /**
   * Signs 32 bytes, always with the same result ([CERT-1] depends on the caller having made them
   * durable).
   */
  public synchronized Signature sign(Hash32 digest) {
    requireAlive();
    return scheme.sign(digest, secret);
  }

  /** Lends a copy of the key's bytes, wiped when {@code use} returns: for keystores only. */
  synchronized <T> T lend(Function<byte[], T> use) {
    requireAlive();
    byte[] copy = secret.clone();
    try {
      return use.apply(copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  private void requireAlive() {
    if (isDestroyed) {
      throw new IllegalStateException("the key of " + address + " was destroyed");
    }
  }

  /** Wipes the key; every later use fails. */
  @Override
  public synchronized void destroy() {
    isDestroyed = true;
    Arrays.fill(secret, (byte) 0);
  }

  @Override
  public synchronized boolean isDestroyed() {
    return isDestroyed;
  }

  @Override
  public String toString() {
    return "BridgeKey[" + address + "]";
  }
}
