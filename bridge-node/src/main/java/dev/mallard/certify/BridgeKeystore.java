package dev.mallard.certify;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Wallet;
import org.web3j.crypto.WalletFile;
import org.web3j.crypto.exception.CipherException;
import org.web3j.protocol.ObjectMapperFactory;

/**
 * The bridge key at rest: an encrypted Web3 keystore (scrypt), the password in a file of its own.
 */
public final class BridgeKeystore {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private BridgeKeystore() {}

  /** How hard the password is to guess. */
  public enum Cost {
    /** Kilobytes and milliseconds: for test networks. */
    LIGHT,
    /** 256 MiB and about a second: for real keys. */
    STANDARD
  }

  /**
   * Writes a key, readable by its owner only.
   *
   * @throws IOException when the password file cannot be read or the keystore exists or cannot be
   *     written
   */
  public static void save(BridgeKey key, Path keystore, Path passwordFile, Cost cost)
      throws IOException {
    byte[] privateKey = key.exportPrivateKey();
    try {
      String password = password(passwordFile);
      ECKeyPair pair = ECKeyPair.create(new BigInteger(1, privateKey));
      WalletFile wallet =
          cost == Cost.LIGHT
              ? Wallet.createLight(password, pair)
              : Wallet.createStandard(password, pair);
      Files.createFile(keystore, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      Files.write(keystore, ObjectMapperFactory.getObjectMapper().writeValueAsBytes(wallet));
    } catch (CipherException e) {
      throw new IOException(
          "keystore " + keystore + " could not be encrypted: " + e.getMessage(), e);
    } finally {
      Arrays.fill(privateKey, (byte) 0);
    }
  }

  /**
   * Opens a keystore.
   *
   * @throws IOException naming the file and the remedy: missing, not a keystore, wrong password
   */
  public static BridgeKey load(Path keystore, Path passwordFile, SignatureScheme scheme)
      throws IOException {
    String password = password(passwordFile);
    if (!Files.isReadable(keystore)) {
      throw new IOException(
          "keystore "
              + keystore
              + " cannot be read; give the path of an encrypted Web3 keystore file");
    }
    WalletFile wallet;
    try {
      wallet =
          ObjectMapperFactory.getObjectMapper()
              .readValue(Files.readAllBytes(keystore), WalletFile.class);
    } catch (RuntimeException e) {
      throw new IOException(
          "keystore " + keystore + " is not a Web3 keystore file (version 3 JSON)", e);
    }
    try {
      byte[] key = new byte[BridgeKey.BYTES];
      byte[] number =
          Credentials.create(Wallet.decrypt(password, wallet))
              .getEcKeyPair()
              .getPrivateKey()
              .toByteArray();
      int length = Math.min(number.length, key.length);
      System.arraycopy(number, number.length - length, key, key.length - length, length);
      return BridgeKey.of(scheme, key);
    } catch (CipherException | RuntimeException e) {
      throw new IOException(
          "keystore "
              + keystore
              + " does not open with the password in "
              + passwordFile
              + "; give the password file that belongs to it",
          e);
    }
  }

  private static String password(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("password file " + file + " cannot be read; create it with mode 600");
    }
    String text = Files.readString(file).strip();
    if (text.isEmpty()) {
      throw new IOException("password file " + file + " is empty; write the password into it");
    }
    return text;
  }
}
