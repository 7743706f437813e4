package dev.mallard.certify;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import java.util.Optional;

/** Bitcoin's libsecp256k1: 58k signatures and 33k recoveries a second, and constant time. */
public final class NativeSecp256k1 implements SignatureScheme {
  private final Secp256k1 library;

  private NativeSecp256k1(Secp256k1 library) {
    this.library = library;
  }

  /** Loads the library; empty where there is none for this platform. */
  public static Optional<SignatureScheme> load() {
    try {
      return Optional.of(new NativeSecp256k1(Secp256k1.get()));
    } catch (LinkageError | IllegalStateException notForThisPlatform) {
      return Optional.empty();
    }
  }

  /** The fastest scheme of this platform. */
  public static SignatureScheme orBouncyCastle() {
    return load().orElseGet(BouncyCastleSecp256k1::new);
  }

  @Override
  public boolean isSecret(byte[] secret) {
    return secret.length == SECRET_BYTES && library.secKeyVerify(secret);
  }

  @Override
  public BridgeAddress addressOf(byte[] secret) {
    return CompactSignature.addressOf(library.pubkeyCreate(secret));
  }

  @Override
  public Signature sign(Hash32 digest, byte[] secret) {
    byte[] rs = library.sign(digest.toBytes(), secret, null);
    Signature even = new CompactSignature(rs, false).toSignature();
    return recover(digest, even).filter(addressOf(secret)::equals).isPresent()
        ? even
        : new CompactSignature(rs, true).toSignature();
  }

  @Override
  public Optional<BridgeAddress> recover(Hash32 digest, Signature signature) {
    CompactSignature compact = CompactSignature.of(signature);
    if (!compact.isCanonical()) {
      return Optional.empty();
    }
    try {
      byte[] key = library.ecdsaRecover(compact.rs(), digest.toBytes(), compact.isOdd() ? 1 : 0);
      return Optional.of(CompactSignature.addressOf(key));
    } catch (Secp256k1Exception noKeyCouldHaveSignedThis) {
      return Optional.empty();
    }
  }
}
