package dev.mallard.testnet.app;

import dev.mallard.testnet.localnet.NetworkFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --dir}, for commands that work on a running network. */
final class FolderOption {
  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description = "Folder of the network (default: " + NetworkFolder.DEFAULT + ").")
  private @Nullable Path dir;

  NetworkFolder folder() {
    Path chosen = dir;
    return new NetworkFolder(chosen == null ? Path.of(NetworkFolder.DEFAULT) : chosen);
  }

  /** How a user repeats the choice in another command. */
  String flag() {
    return dir == null ? "" : " --dir " + dir;
  }
}
