package dev.mallard.app.cli;

import dev.mallard.chain.ChainConnector;
import dev.mallard.config.NodeConfig;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.source.Registry;
import java.io.IOException;

/** How the node opens what it needs; a live check opens the same in the same way. */
public interface NodeParts {
  /** Decrypts the bridge key and tells its address. */
  BridgeAddress bridgeKey(NodeConfig config) throws IOException;

  /** A connector to the local chain; the caller closes it. */
  ChainConnector connect(NodeConfig config) throws IOException;

  /** The local chain's validators at its newest finalized block. */
  Registry localRegistry(NodeConfig config) throws IOException;
}
