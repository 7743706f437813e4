package dev.mallard.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeKeystoreTest {
  private final SignatureScheme scheme = SignatureSchemes.fastest();

  @TempDir private Path folder;
  private Path keystore;
  private Path password;

  @BeforeEach
  void writePassword() throws IOException {
    keystore = folder.resolve("bridge-key.json");
    password = Files.writeString(folder.resolve("password"), "correct horse\n");
  }

  @Test
  void aKeyComesBackAsItWasSaved() throws IOException {
    BridgeKey key = BridgeKey.generate(scheme, new SecureRandom());
    BridgeKeystore.save(key, keystore, password, BridgeKeystore.Cost.LIGHT);
    assertEquals(key.address(), BridgeKeystore.load(keystore, password, scheme).address());
  }

  @Test
  void aKeyWithZerosAtItsHeadComesBack() throws IOException {
    BridgeKeystore.save(Validators.key(1), keystore, password, BridgeKeystore.Cost.LIGHT);
    assertEquals(
        Validators.key(1).address(), BridgeKeystore.load(keystore, password, scheme).address());
  }

  @Test
  void theFileIsItsOwnersAloneAndDoesNotShowTheKey() throws IOException {
    BridgeKey key = BridgeKey.generate(scheme, new SecureRandom());
    BridgeKeystore.save(key, keystore, password, BridgeKeystore.Cost.LIGHT);
    assertEquals(
        PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(keystore));
    String secret = Bytes.wrap(key.exportPrivateKey()).toUnprefixedHexString();
    assertFalse(Files.readString(keystore).contains(secret));
    assertFalse(key.toString().contains(secret));
  }

  @Test
  void anExistingKeystoreIsNeverOverwritten() throws IOException {
    Files.writeString(keystore, "precious");
    assertThrows(
        FileAlreadyExistsException.class,
        () ->
            BridgeKeystore.save(Validators.key(1), keystore, password, BridgeKeystore.Cost.LIGHT));
    assertEquals("precious", Files.readString(keystore));
  }

  @Test
  void aWrongPasswordIsNamedWithItsFileAndRemedy() throws IOException {
    BridgeKeystore.save(Validators.key(1), keystore, password, BridgeKeystore.Cost.LIGHT);
    Path other = Files.writeString(folder.resolve("other"), "wrong");
    expect(keystore, other, keystore.toString(), other.toString(), "give the password file");
  }

  @Test
  void whatIsNoKeystoreIsNamed() throws IOException {
    for (String content : new String[] {"", "not json", "[]", "{}", "null", "{\"version\":3}"}) {
      Files.writeString(keystore, content);
      expect(keystore, password, keystore.toString());
    }
    expect(folder.resolve("missing.json"), password, "missing.json", "cannot be read");
  }

  @Test
  void aMissingOrEmptyPasswordFileIsNamed() throws IOException {
    BridgeKeystore.save(Validators.key(1), keystore, password, BridgeKeystore.Cost.LIGHT);
    expect(keystore, folder.resolve("nothing"), "nothing", "password file");
    expect(keystore, Files.writeString(folder.resolve("empty"), " \n"), "empty", "password file");
  }

  private void expect(Path file, Path passwordFile, String... parts) {
    IOException failure =
        assertThrows(IOException.class, () -> BridgeKeystore.load(file, passwordFile, scheme));
    for (String part : parts) {
      assertTrue(failure.getMessage().contains(part), failure.getMessage());
    }
    assertFalse(failure.getMessage().contains("correct horse"), failure.getMessage());
  }
}
