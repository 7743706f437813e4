package dev.mallard.testnet.app;

import dev.mallard.app.MallardNode;
import dev.mallard.config.ConfigFile;
import dev.mallard.config.ConfigReading;
import dev.mallard.testnet.localnet.Await;
import dev.mallard.testnet.localnet.FreePorts;
import dev.mallard.testnet.localnet.NetworkFolder;
import dev.mallard.testnet.localnet.NodeApi;
import dev.mallard.testnet.localnet.PracticeNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code mallard warm-up}: the launcher runs it once after a build, so that the JVM sees which
 * classes a node needs and prepares them. Starts a node whose chain is not there, and ends.
 */
@Command(name = "warm-up", hidden = true, description = "Runs what the JVM learns from.")
final class WarmUpCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Override
  public Integer call() throws IOException {
    NetworkFolder folder = NetworkFolder.temporary();
    try {
      folder.create();
      List<Integer> ports = FreePorts.pick(3);
      Path config = PracticeNode.write(folder, ports.get(0), ports.get(1), ports.get(2));
      ConfigReading reading = ConfigFile.read(config, Map.of(), Map.of());
      if (!(reading instanceof ConfigReading.Sound sound)) {
        throw new IOException("the practice node's configuration is not sound: " + reading);
      }
      MallardNode node = MallardNode.start(sound.config());
      try {
        practise(new NodeApi("http://127.0.0.1:" + ports.get(1), NodeApi.newHttpClient()));
      } finally {
        node.close();
      }
      return Exit.OK;
    } finally {
      folder.remove();
    }
  }

  private static void practise(NodeApi api) {
    Await.until(PATIENCE, api::isLive);
    api.status();
    api.unready();
  }
}
