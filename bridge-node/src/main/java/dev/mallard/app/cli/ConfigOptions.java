package dev.mallard.app.cli;

import dev.mallard.config.ConfigFile;
import dev.mallard.config.ConfigReading;
import dev.mallard.config.NodeConfig;
import dev.mallard.stake.source.Mistake;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options by which a command finds its configuration. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "The node's configuration (TOML).")
  private Path file = Path.of("node.toml");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = {
        "Sets a key above the file and the environment, for example --set net.port=7002; again for more.",
        "Lists are separated by commas."
      })
  private Map<String, String> flags = new LinkedHashMap<>();

  Path file() {
    return file;
  }

  /** Empty after all mistakes were printed. */
  Optional<NodeConfig> read(Map<String, String> environment, PrintWriter err) {
    return switch (ConfigFile.read(file, environment, flags)) {
      case ConfigReading.Sound sound -> Optional.of(sound.config());
      case ConfigReading.Unsound unsound -> {
        print(unsound.mistakes(), err);
        yield Optional.empty();
      }
    };
  }

  private void print(List<Mistake> mistakes, PrintWriter err) {
    String count = mistakes.size() == 1 ? "1 mistake" : mistakes.size() + " mistakes";
    err.println(file + ": " + count);
    for (Mistake mistake : mistakes) {
      err.println("  " + mistake.key() + " = " + mistake.value());
      err.println("    -> " + mistake.remedy());
    }
    err.flush();
  }
}
