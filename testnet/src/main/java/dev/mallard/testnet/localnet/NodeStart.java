package dev.mallard.testnet.localnet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Starts node processes. */
final class NodeStart {
  private NodeStart() {}

  static ChildProcess process(String main, String name, Path config, NetworkFolder folder)
      throws StartFailedException {
    Path nodeFolder = Optional.ofNullable(config.getParent()).orElseThrow();
    Path temporary = folder.temporaryFiles(name);
    try {
      Files.createDirectories(temporary);
    } catch (IOException refused) {
      throw new StartFailedException(name + " has no folder for temporary files: " + refused);
    }
    return ChildProcess.start(
        name, JavaCommand.node(main, config, temporary), nodeFolder, folder.log(name));
  }
}
