package dev.mallard.testnet.sim;

import dev.mallard.certify.Signature;
import dev.mallard.certify.SignatureScheme;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.util.Arrays;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/**
 * A fake of secp256k1 for the simulator, a thousand times cheaper: a signature is the signer's
 * address, zeros, and 64 bits mixed from the digest and a secret that follows from the address. It
 * is no cryptography. What it keeps is what the protocol relies on: a signature fits one digest and
 * one address, any changed bit spoils it, and only the holder of a key can make one, since nothing
 * in the simulator computes the mix for somebody else's key.
 */
public final class SimSignatures implements SignatureScheme {
  private static final int KEY_BYTES = 32;
  private static final int TAG_AT = Signature.BYTES - Long.BYTES;
  private static final int ADDRESS_AT = KEY_BYTES - BridgeAddress.ADDRESS_BYTES;
  private static final long SECRET = 0x6d61_6c6c_6172_6473L;

  /** The private key of a replica, numbered from 0, of a cluster: never the same for two. */
  public static byte[] privateKey(long rsm, int replica) {
    byte[] key = new byte[KEY_BYTES];
    putLong(mix(rsm), key, 0);
    putLong(mix(mix(rsm) + replica), key, ADDRESS_AT);
    putLong(rsm, key, ADDRESS_AT + Long.BYTES);
    key[KEY_BYTES - 4] = (byte) (replica >>> 24);
    key[KEY_BYTES - 3] = (byte) (replica >>> 16);
    key[KEY_BYTES - 2] = (byte) (replica >>> 8);
    key[KEY_BYTES - 1] = (byte) replica;
    return key;
  }

  @Override
  public Signature sign(Hash32 digest, byte[] privateKey) {
    byte[] compact = new byte[Signature.BYTES];
    System.arraycopy(privateKey, ADDRESS_AT, compact, 0, BridgeAddress.ADDRESS_BYTES);
    putLong(tag(digest, compact), compact, TAG_AT);
    return new Signature(Bytes.wrap(compact));
  }

  @Override
  public Optional<BridgeAddress> recover(Hash32 digest, Signature signature) {
    byte[] compact = signature.compact().toArrayUnsafe();
    for (int i = BridgeAddress.ADDRESS_BYTES; i < TAG_AT; i++) {
      if (compact[i] != 0) {
        return Optional.empty();
      }
    }
    return longAt(compact, TAG_AT) == tag(digest, compact)
        ? Optional.of(BridgeAddress.of(compact, 0))
        : Optional.empty();
  }

  /** The last 20 bytes of the key. */
  @Override
  public BridgeAddress addressOf(byte[] privateKey) {
    if (privateKey.length != KEY_BYTES) {
      throw new IllegalArgumentException("a private key of " + privateKey.length + " bytes");
    }
    return BridgeAddress.of(Arrays.copyOfRange(privateKey, ADDRESS_AT, KEY_BYTES));
  }

  /** Of the digest and of the address that {@code compact} begins with. */
  private static long tag(Hash32 digest, byte[] compact) {
    byte[] words = new byte[Hash32.HASH_BYTES];
    digest.copyTo(words, 0);
    long tag = SECRET;
    tag = mix(tag ^ longAt(compact, 0));
    tag = mix(tag ^ longAt(compact, Long.BYTES));
    tag = mix(tag ^ longAt(compact, BridgeAddress.ADDRESS_BYTES - Long.BYTES));
    for (int at = 0; at < words.length; at += Long.BYTES) {
      tag = mix(tag ^ longAt(words, at));
    }
    return tag;
  }

  /** SplitMix64's finalizer: every bit of the input reaches every bit of the result. */
  private static long mix(long value) {
    long z = value + 0x9e37_79b9_7f4a_7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return z ^ (z >>> 31);
  }

  private static long longAt(byte[] bytes, int at) {
    long value = 0;
    for (int i = at; i < at + Long.BYTES; i++) {
      value = (value << Byte.SIZE) | (bytes[i] & 0xff);
    }
    return value;
  }

  private static void putLong(long value, byte[] bytes, int at) {
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[at + i] = (byte) (value >>> (Byte.SIZE * (Long.BYTES - 1 - i)));
    }
  }
}
