package dev.mallard.testnet.app;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A file that a command writes at its end; whether it can is asked before the long work. */
final class OutputFile {
  private OutputFile() {}

  /**
   * Refuses what cannot be written.
   *
   * @param option names the file, as in {@code --json}
   * @param file null if it was not given
   */
  static void check(CommandSpec spec, String option, @Nullable Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    String objection = "";
    if (folder == null || Files.isDirectory(file)) {
      objection = "it is a folder; name a file in it";
    } else if (!Files.isDirectory(folder)) {
      objection = "its folder does not exist; make it first";
    } else if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      objection = "writing there is not allowed; choose another place";
    }
    if (!objection.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), option + ": cannot write " + file + ": " + objection);
    }
  }
}
