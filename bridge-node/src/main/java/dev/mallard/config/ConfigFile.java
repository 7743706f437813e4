package dev.mallard.config;

import dev.mallard.stake.source.Mistake;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a node's configuration: a TOML file, over it environment variables ({@code
 * MALLARD_NET_PORT} for {@code net.port}), over both flags. Relative paths start at the file's
 * folder, whichever layer names them.
 */
public final class ConfigFile {
  /** Largest file read, in bytes. */
  public static final int FILE_BYTES_MAX = 1 << 20;

  private static final String EXAMPLE = "node.example.toml";

  private ConfigFile() {}

  /**
   * Reads and checks everything that can be checked without a network, and notes every mistake.
   *
   * @param environment all variables of the process; those of other programs are passed over
   * @param flags what {@code --set KEY=VALUE} gave
   */
  public static ConfigReading read(
      Path file, Map<String, String> environment, Map<String, String> flags) {
    List<Mistake> mistakes = new ArrayList<>();
    ConfigLayers layers = new ConfigLayers(mistakes);
    if (!text(file, mistakes).map(layers::addFile).orElse(false)) {
      return new ConfigReading.Unsound(mistakes);
    }
    layers.addEnvironment(environment);
    layers.addFlags(flags);
    Path base = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
    ConfigFields fields = new ConfigFields(layers.settings(), base, mistakes);
    Optional<NodeConfig> config = new ConfigReader(fields, mistakes).read();
    return mistakes.isEmpty() && config.isPresent()
        ? new ConfigReading.Sound(config.get())
        : new ConfigReading.Unsound(mistakes);
  }

  /**
   * A configuration with every key, its meaning, limits and default; what {@code
   * docs/node.example.toml} holds.
   */
  public static String example() {
    try (InputStream in = ConfigFile.class.getResourceAsStream(EXAMPLE)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + EXAMPLE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new IllegalStateException("the jar with " + EXAMPLE + " cannot be read", broken);
    }
  }

  private static Optional<String> text(Path file, List<Mistake> mistakes) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
      if (bytes.length > FILE_BYTES_MAX) {
        mistakes.add(
            mistake(
                file,
                "name a configuration file: this one is larger than " + FILE_BYTES_MAX + " bytes"));
        return Optional.empty();
      }
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notText) {
      mistakes.add(mistake(file, "write it as UTF-8 TOML: this is no text"));
    } catch (IOException unreadable) {
      String why = unreadable.getClass().getSimpleName();
      mistakes.add(
          mistake(
              file,
              "name a configuration file that this user may read ("
                  + why
                  + "); mallard node --example-config prints one"));
    }
    return Optional.empty();
  }

  private static Mistake mistake(Path file, String remedy) {
    return new Mistake("--config", file.toString(), remedy);
  }
}
