package dev.mallard.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A folder with the example configuration and every file that it names, good enough to be read. */
final class ConfigFolder {
  private static final String VALIDATORS =
      """
      rsm = 31338
      epoch = 1
      fault-model = "bft"

      [[validator]]
      key = "0x00000000000000000000000000000000000000c1"
      stake = "40"
      endpoint = "127.0.0.1:7101"
      tls-key = "0x00000000000000000000000000000000000000000000000000000000000000c1"
      """;

  private final Path folder;

  ConfigFolder(Path folder) throws IOException {
    this.folder = folder;
    write("bridge-key.json", "{}");
    write("bridge-key.password", "hunter2-hunter2");
    write("tls.p12", "");
    write("tls.password", "hunter2-hunter2");
    write("remote-validators.toml", VALIDATORS);
    write("api.token", "0123456789abcdef0123456789abcdef\n");
    write("node.toml", ConfigFile.example());
  }

  Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** Replaces a line of the example that starts with {@code from}. */
  ConfigFolder with(String from, String line) throws IOException {
    Path file = folder.resolve("node.toml");
    String text = Files.readString(file);
    if (!text.contains("\n" + from)) {
      throw new IllegalArgumentException("the example has no line " + from);
    }
    int start = text.indexOf("\n" + from) + 1;
    int end = text.indexOf('\n', start);
    Files.writeString(file, text.substring(0, start) + line + text.substring(end));
    return this;
  }

  ConfigReading read() {
    return read(Map.of(), Map.of());
  }

  ConfigReading read(Map<String, String> environment, Map<String, String> flags) {
    return ConfigFile.read(folder.resolve("node.toml"), environment, flags);
  }

  static NodeConfig sound(ConfigReading reading) {
    return switch (reading) {
      case ConfigReading.Sound sound -> sound.config();
      case ConfigReading.Unsound unsound -> throw new AssertionError(unsound.mistakes());
    };
  }

  /** The messages, one a line. */
  static List<String> mistakes(ConfigReading reading) {
    return switch (reading) {
      case ConfigReading.Sound sound -> List.of();
      case ConfigReading.Unsound unsound ->
          unsound.mistakes().stream().map(Object::toString).collect(Collectors.toList());
    };
  }
}
