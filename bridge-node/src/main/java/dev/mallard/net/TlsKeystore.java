package dev.mallard.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Set;

/**
 * A TLS identity on disk: PKCS#12, encrypted with the password in a second file, readable by its
 * owner alone.
 */
public final class TlsKeystore {
  private static final String TYPE = "PKCS12";
  private static final String ALIAS = "mallard-tls";
  private static final String OWNER_ONLY = "rw-------";

  private TlsKeystore() {}

  /**
   * Writes a new keystore file.
   *
   * @throws IOException with a message for the operator, also if the file exists: keys are never
   *     overwritten
   */
  public static void save(TlsIdentity identity, Path keystore, Path passwordFile)
      throws IOException {
    char[] password = readPassword(passwordFile);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      KeyStore store = KeyStore.getInstance(TYPE);
      store.load(null, null);
      Certificate[] chain = {identity.certificate()};
      store.setKeyEntry(ALIAS, identity.privateKey(), password, chain);
      store.store(bytes, password);
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot encrypt the TLS key: " + e.getMessage(), e);
    } finally {
      Arrays.fill(password, '\0');
    }
    write(keystore, bytes.toByteArray());
  }

  /**
   * Reads a keystore file.
   *
   * @throws IOException with a message that names the file and what to do
   */
  public static TlsIdentity load(Path keystore, Path passwordFile) throws IOException {
    char[] password = readPassword(passwordFile);
    try (InputStream in = Files.newInputStream(keystore)) {
      KeyStore store = KeyStore.getInstance(TYPE);
      store.load(in, password);
      return identity(store, password, keystore);
    } catch (NoSuchFileException e) {
      throw new IOException("TLS keystore " + keystore + " does not exist: create it first", e);
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS keystore " + keystore + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException(problem(keystore, passwordFile, e), e);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static TlsIdentity identity(KeyStore store, char[] password, Path keystore)
      throws GeneralSecurityException, IOException {
    if (store.getKey(ALIAS, password) instanceof PrivateKey key
        && store.getCertificate(ALIAS) instanceof X509Certificate certificate) {
      return new TlsIdentity(certificate, key);
    }
    throw new IOException(keystore + " holds no key named " + ALIAS);
  }

  private static String problem(Path keystore, Path passwordFile, IOException e) {
    if (e.getCause() instanceof UnrecoverableKeyException) {
      return "TLS keystore "
          + keystore
          + " does not open with the password in "
          + passwordFile
          + ": give the right password file";
    }
    return "TLS keystore " + keystore + " cannot be read: " + e.getMessage();
  }

  private static char[] readPassword(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (NoSuchFileException e) {
      throw new IOException("password file " + file + " does not exist", e);
    } catch (IOException e) {
      throw new IOException("password file " + file + " cannot be read: " + e.getMessage(), e);
    }
    if (text.isEmpty()) {
      throw new IOException(
          "password file " + file + " is empty: put a password on its first line");
    }
    return text.toCharArray();
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try {
      if (Files.getFileStore(file.toAbsolutePath().getParent())
          .supportsFileAttributeView("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
      } else {
        Files.createFile(file);
      }
    } catch (FileAlreadyExistsException e) {
      throw new IOException(file + " exists: keys are never overwritten, move it away first", e);
    }
    Set<StandardOpenOption> options = Set.of(StandardOpenOption.WRITE);
    Files.write(file, bytes, options.toArray(StandardOpenOption[]::new));
  }
}
