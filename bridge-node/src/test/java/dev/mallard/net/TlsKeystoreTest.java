package dev.mallard.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsKeystoreTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path folder;

  private final TlsIdentity identity = TlsIdentity.generate(RANDOM);
  private Path keystore;
  private Path password;

  @BeforeEach
  void writePassword() throws IOException {
    keystore = folder.resolve("tls.p12");
    password = folder.resolve("password");
    Files.writeString(password, "correct horse\n");
  }

  @Test
  void whatIsSavedIsLoaded() throws IOException {
    TlsKeystore.save(identity, keystore, password);

    TlsIdentity loaded = TlsKeystore.load(keystore, password);

    assertEquals(identity.publicKeyHash(), loaded.publicKeyHash());
    assertArrayEquals(identity.privateKey().getEncoded(), loaded.privateKey().getEncoded());
    assertEquals(identity.certificate(), loaded.certificate());
  }

  @Test
  void theFileIsEncryptedAndItsOwnersAlone() throws IOException {
    TlsKeystore.save(identity, keystore, password);

    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keystore)));
    String key = HexFormat.of().formatHex(identity.privateKey().getEncoded());
    String stored = HexFormat.of().formatHex(Files.readAllBytes(keystore));
    // The last 32 bytes of a P-256 key's encoding in PKCS#8 are or end in the secret itself.
    assertFalse(stored.contains(key.substring(key.length() - 64)));
  }

  @Test
  void keysAreNeverOverwritten() throws IOException {
    TlsKeystore.save(identity, keystore, password);

    assertProblem(
        "exists", () -> TlsKeystore.save(TlsIdentity.generate(RANDOM), keystore, password));
    assertEquals(identity.publicKeyHash(), TlsKeystore.load(keystore, password).publicKeyHash());
  }

  @Test
  void aWrongPasswordIsNamed() throws IOException {
    TlsKeystore.save(identity, keystore, password);
    Files.writeString(password, "battery staple");

    assertProblem("give the right password file", () -> TlsKeystore.load(keystore, password));
  }

  @Test
  void missingFilesAndGarbageAreNamed() throws IOException {
    assertProblem("does not exist", () -> TlsKeystore.load(keystore, password));
    Files.writeString(keystore, "not a keystore");
    assertProblem(keystore.toString(), () -> TlsKeystore.load(keystore, password));
    Files.writeString(password, " \n");
    assertProblem("is empty", () -> TlsKeystore.load(keystore, password));
    Files.delete(password);
    assertProblem("password file", () -> TlsKeystore.load(keystore, password));
  }

  @Test
  void thePinIsTheHashOfThePublicKeyInfo() throws Exception {
    byte[] info = identity.certificate().getPublicKey().getEncoded();

    assertArrayEquals(
        MessageDigest.getInstance("SHA-256").digest(info), identity.publicKeyHash().toBytes());
    assertNotEquals(identity.publicKeyHash(), TlsIdentity.generate(RANDOM).publicKeyHash());
  }

  @Test
  void theKeyIsNotInItsText() {
    String secret = new String(identity.privateKey().getEncoded(), StandardCharsets.ISO_8859_1);

    assertFalse(identity.toString().contains(secret));
    assertTrue(identity.toString().contains(identity.publicKeyHash().toHex()));
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void assertProblem(String words, Action action) {
    IOException problem = assertThrows(IOException.class, action::run);
    assertTrue(problem.getMessage().contains(words), problem.getMessage());
  }
}
