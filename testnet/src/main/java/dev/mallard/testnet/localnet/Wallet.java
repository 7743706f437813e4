package dev.mallard.testnet.localnet;

import java.math.BigInteger;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.MnemonicUtils;

/**
 * An account of a test chain that this program signs for. It counts its own nonces, so that many
 * transactions can be on their way; one thread at a time.
 */
public final class Wallet {
  /** Every development chain funds the accounts of this phrase; it is no secret. */
  private static final String MNEMONIC =
      "test test test test test test test test test test test junk";

  private static final int[] PATH = {
    44 | Bip32ECKeyPair.HARDENED_BIT,
    60 | Bip32ECKeyPair.HARDENED_BIT,
    Bip32ECKeyPair.HARDENED_BIT,
    0
  };

  private final Credentials credentials;
  private BigInteger nonce;

  private Wallet(Credentials credentials, BigInteger nonce) {
    this.credentials = credentials;
    this.nonce = nonce;
  }

  /**
   * The test accounts of a chain.
   *
   * @param index 0 is the administrator of the contracts
   */
  public static Wallet open(ChainClient chain, int index) throws java.io.IOException {
    Credentials credentials = testCredentials(index);
    return new Wallet(credentials, chain.nonce(credentials.getAddress()));
  }

  /** The key of a test account. */
  public static Credentials testCredentials(int index) {
    Bip32ECKeyPair master =
        Bip32ECKeyPair.generateKeyPair(MnemonicUtils.generateSeed(MNEMONIC, ""));
    Bip32ECKeyPair account = Bip32ECKeyPair.deriveKeyPair(master, PATH);
    return Credentials.create(Bip32ECKeyPair.deriveKeyPair(account, new int[] {index}));
  }

  /** The account's address. */
  public String address() {
    return credentials.getAddress();
  }

  Credentials credentials() {
    return credentials;
  }

  BigInteger nonce() {
    return nonce;
  }

  void onSent() {
    nonce = nonce.add(BigInteger.ONE);
  }
}
