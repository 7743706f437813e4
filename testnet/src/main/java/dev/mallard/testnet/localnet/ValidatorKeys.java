package dev.mallard.testnet.localnet;

import dev.mallard.net.TlsIdentity;
import dev.mallard.net.TlsKeystore;
import dev.mallard.stake.Hash32;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.exception.CipherException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fresh random keys of one validator of a test network.
 *
 * @param bridge signs attestations, acks and transactions
 * @param tls what peers pin
 */
public record ValidatorKeys(Credentials bridge, TlsIdentity tls) {
  private static final int PASSWORD_BYTES = 16;

  /** New keys. */
  public static ValidatorKeys generate(SecureRandom random) {
    try {
      ECKeyPair pair = Keys.createEcKeyPair(random);
      return new ValidatorKeys(Credentials.create(pair), TlsIdentity.generate(random));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot make secp256k1 keys", e);
    }
  }

  /** Address of the bridge key. */
  public String address() {
    return bridge.getAddress();
  }

  /** The pin of the TLS key. */
  public Hash32 tlsKey() {
    return tls.publicKeyHash();
  }

  /**
   * Writes both keystores with their password files into a node's folder, for the owner alone. The
   * key derivation is a light one: these keys guard nothing but a test.
   */
  public void save(Path folder, SecureRandom random) throws IOException {
    String password = password(random);
    Path bridgeFile = folder.resolve("bridge-key.json");
    try {
      String keystore =
          JsonMapper.shared()
              .writeValueAsString(
                  org.web3j.crypto.Wallet.createLight(password, bridge.getEcKeyPair()));
      writePrivate(bridgeFile, keystore);
    } catch (CipherException e) {
      throw new IOException("cannot encrypt the bridge key: " + e.getMessage(), e);
    }
    writePrivate(folder.resolve("bridge-key.password"), password + "\n");
    writePrivate(folder.resolve("tls.password"), password(random) + "\n");
    TlsKeystore.save(tls, folder.resolve("tls.p12"), folder.resolve("tls.password"));
  }

  private static String password(SecureRandom random) {
    byte[] bytes = new byte[PASSWORD_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static void writePrivate(Path file, String text) throws IOException {
    if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
    Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
  }

  /** Names the address; the keys stay out of logs. */
  @Override
  public String toString() {
    return "validator " + address();
  }
}
