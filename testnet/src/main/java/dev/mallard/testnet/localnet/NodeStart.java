package dev.mallard.testnet.localnet;

import java.nio.file.Path;
import java.util.Optional;

/** Starts node processes. */
final class NodeStart {
  private NodeStart() {}

  static ChildProcess process(String name, Path config, NetworkFolder folder)
      throws StartFailedException {
    Path nodeFolder = Optional.ofNullable(config.getParent()).orElseThrow();
    return ChildProcess.start(name, JavaCommand.node(config), nodeFolder, folder.log(name));
  }
}
