package dev.mallard.certify;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.math.BigInteger;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.web3j.crypto.ECDSASignature;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/** Bouncy Castle's curve by way of web3j: for machines without the native library. */
final class Secp256k1Java implements SignatureScheme {
  private static final int HALF = 32;
  private static final int PARITY_BIT = 0x80;

  @Override
  public Signature sign(Hash32 digest, byte[] privateKey) {
    Sign.SignatureData data =
        Sign.signMessage(digest.toBytes(), ECKeyPair.create(privateKey), false);
    byte[] compact = new byte[Signature.BYTES];
    System.arraycopy(data.getR(), 0, compact, 0, HALF);
    System.arraycopy(data.getS(), 0, compact, HALF, HALF);
    if (data.getV()[0] == 28) {
      compact[HALF] |= (byte) PARITY_BIT;
    }
    return new Signature(Bytes.wrap(compact));
  }

  @Override
  public Optional<BridgeAddress> recover(Hash32 digest, Signature signature) {
    byte[] compact = signature.compact().toArray();
    int parity = (compact[HALF] & PARITY_BIT) == 0 ? 0 : 1;
    compact[HALF] &= (byte) ~PARITY_BIT;
    ECDSASignature pair =
        new ECDSASignature(
            new BigInteger(1, compact, 0, HALF), new BigInteger(1, compact, HALF, HALF));
    if (!pair.isCanonical() || pair.r.signum() == 0 || pair.s.signum() == 0) {
      return Optional.empty();
    }
    try {
      BigInteger key = Sign.recoverFromSignature(parity, pair, digest.toBytes());
      return Optional.ofNullable(key)
          .map(k -> BridgeAddress.fromHex(Numeric.prependHexPrefix(Keys.getAddress(k))));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public BridgeAddress addressOf(byte[] privateKey) {
    BigInteger number = new BigInteger(1, privateKey);
    if (number.signum() == 0 || number.compareTo(Sign.CURVE_PARAMS.getN()) >= 0) {
      throw new IllegalArgumentException("not a secp256k1 private key");
    }
    return BridgeAddress.fromHex(
        Numeric.prependHexPrefix(Keys.getAddress(ECKeyPair.create(number))));
  }
}
