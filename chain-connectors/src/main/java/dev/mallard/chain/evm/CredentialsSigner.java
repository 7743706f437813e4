package dev.mallard.chain.evm;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import org.apache.tuweni.bytes.Bytes;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Sign;

/** Signs with a key in memory, as web3j loads it from a keystore. */
public final class CredentialsSigner implements TransactionSigner {
  private static final int V_ODD = 28;
  private static final int S_AT = 32;

  private final Credentials credentials;

  /** Takes the key as it is. */
  public CredentialsSigner(Credentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public BridgeAddress address() {
    return BridgeAddress.fromHex(credentials.getAddress());
  }

  @Override
  public Bytes sign(Hash32 digest) {
    Sign.SignatureData signature =
        Sign.signMessage(digest.toBytes(), credentials.getEcKeyPair(), false);
    byte[] compact =
        Bytes.concatenate(Bytes.wrap(signature.getR()), Bytes.wrap(signature.getS())).toArray();
    if (signature.getV()[0] == V_ODD) {
      compact[S_AT] |= (byte) 0x80;
    }
    return Bytes.wrap(compact);
  }
}
