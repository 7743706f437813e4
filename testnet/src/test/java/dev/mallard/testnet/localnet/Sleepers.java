package dev.mallard.testnet.localnet;

import java.nio.file.Path;
import java.util.List;

/** Programs that do nothing for a minute. */
final class Sleepers {
  private Sleepers() {}

  static ChildProcess start(Path folder) throws StartFailedException {
    return ChildProcess.start(
        "sleeper", List.of("sleep", "60"), folder, folder.resolve("sleeper.log"));
  }
}
