package dev.mallard.app.cli;

import dev.mallard.config.NodeConfig;
import java.io.IOException;

/** Starts the node of a configuration. */
@FunctionalInterface
public interface NodeStarter {
  /**
   * Returns once the node runs; closing what is returned stops it in order.
   *
   * @throws IOException whose message an operator can act on
   */
  AutoCloseable start(NodeConfig config) throws IOException, InterruptedException;
}
