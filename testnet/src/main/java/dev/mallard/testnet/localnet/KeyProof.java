package dev.mallard.testnet.localnet;

import org.web3j.crypto.Credentials;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/**
 * A bridge key's consent to its registration: 64 bytes, as the registry contract wants them
 * (EIP-2098).
 */
final class KeyProof {
  private static final int WORD = 32;
  private static final int V_EVEN = 27;
  private static final int PARITY = 0x80;

  private KeyProof() {}

  /** Signs a digest, 32 bytes in hexadecimal. */
  static byte[] sign(Credentials key, String digest) {
    Sign.SignatureData signature =
        Sign.signMessage(Numeric.hexStringToByteArray(digest), key.getEcKeyPair(), false);
    byte[] proof = new byte[2 * WORD];
    System.arraycopy(signature.getR(), 0, proof, 0, WORD);
    System.arraycopy(signature.getS(), 0, proof, WORD, WORD);
    if (signature.getV()[0] != V_EVEN) {
      proof[WORD] |= (byte) PARITY;
    }
    return proof;
  }
}
