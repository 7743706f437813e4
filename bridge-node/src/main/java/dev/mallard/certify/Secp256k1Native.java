package dev.mallard.certify;

import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import java.util.Arrays;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/** libsecp256k1, three to four times as fast as Java. */
final class Secp256k1Native implements SignatureScheme {
  private static final int S_OFFSET = 32;
  private static final int PARITY_BIT = 0x80;

  /** n/2: a larger s has a smaller twin, and only the smaller one is accepted. */
  private static final Hash32 HALF_ORDER =
      Hash32.fromHex("0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");

  private final Secp256k1 library = Secp256k1.get();

  @Override
  public Signature sign(Hash32 digest, byte[] privateKey) {
    byte[] message = digest.toBytes();
    byte[] compact = library.sign(message, privateKey, null);
    byte[] key = library.pubkeyCreate(privateKey);
    if (!Arrays.equals(library.ecdsaRecover(compact, message, 0), key)) {
      compact[S_OFFSET] |= (byte) PARITY_BIT;
    }
    return new Signature(Bytes.wrap(compact));
  }

  @Override
  public Optional<BridgeAddress> recover(Hash32 digest, Signature signature) {
    byte[] compact = signature.compact().toArray();
    int parity = (compact[S_OFFSET] & PARITY_BIT) == 0 ? 0 : 1;
    compact[S_OFFSET] &= (byte) ~PARITY_BIT;
    if (Hash32.of(compact, S_OFFSET).compareTo(HALF_ORDER) > 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(address(library.ecdsaRecover(compact, digest.toBytes(), parity)));
    } catch (Secp256k1Exception e) {
      return Optional.empty();
    }
  }

  @Override
  public BridgeAddress addressOf(byte[] privateKey) {
    if (!library.secKeyVerify(privateKey)) {
      throw new IllegalArgumentException("not a secp256k1 private key");
    }
    return address(library.pubkeyCreate(privateKey));
  }

  private static BridgeAddress address(byte[] publicKey) {
    byte[] point = Arrays.copyOfRange(publicKey, 1, publicKey.length);
    return BridgeAddress.of(KeccakAccumulator.keccak(point).toBytes(), 12);
  }
}
