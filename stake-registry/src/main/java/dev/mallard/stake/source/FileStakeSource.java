package dev.mallard.stake.source;

import dev.mallard.stake.Epoch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A stake table that an operator wrote down: for RSMs without a registry, and for the first epoch
 * that a node trusts without proof.
 *
 * <pre>{@code
 * rsm = 31337
 * epoch = 1
 * fault-model = "bft"          # or "cft", or exact: u = "33", r = "33"
 *
 * [[validator]]                # index 0, then 1, 2 ...
 * key = "0x..."                # Ethereum address of the bridge key
 * stake = "40"                 # 0 to 2^256-1, same unit for all
 * endpoint = "10.0.0.7:7001"   # host:port, [ipv6]:port
 * tls-key = "0x..."            # SHA-256 of the node's TLS public key (SubjectPublicKeyInfo)
 * }</pre>
 *
 * <p>One file holds one epoch. It is read once: a node that should follow a change is restarted
 * with the new file.
 */
public final class FileStakeSource implements StakeSource {

  /**
   * Largest file read, in bytes; a full table of {@code VALIDATORS_MAX} needs less than a third.
   */
  public static final int FILE_BYTES_MAX = 4 << 20;

  private final String where;
  private final Registry registry;

  private FileStakeSource(String where, Registry registry) {
    this.where = where;
    this.registry = registry;
  }

  /**
   * Reads and checks the file.
   *
   * @throws InvalidStakeTableException with every mistake that the file has
   * @throws IOException if it cannot be read
   */
  public static FileStakeSource open(Path file) throws IOException {
    String where = file.toString();
    return new FileStakeSource(where, StakeFileReader.read(where, text(file)));
  }

  @Override
  public Epoch currentEpoch() {
    return registry.table().epoch();
  }

  @Override
  public Registry registry(Epoch epoch) throws UnknownEpochException {
    if (!epoch.equals(currentEpoch())) {
      throw new UnknownEpochException(where, epoch, currentEpoch());
    }
    return registry;
  }

  /** The file's only registry. */
  public Registry registry() {
    return registry;
  }

  private static String text(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(FILE_BYTES_MAX + 1);
    }
    if (bytes.length > FILE_BYTES_MAX) {
      throw unreadable(
          file, "more than " + FILE_BYTES_MAX + " bytes", "split off what is no stake table");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      throw unreadable(file, "not UTF-8 text", "write it as UTF-8 TOML");
    }
  }

  private static IOException unreadable(Path file, String value, String remedy) {
    return new InvalidStakeTableException(
        file.toString(), List.of(new Mistake("file", value, remedy)));
  }
}
