package dev.mallard.app;

import dev.mallard.app.cli.NodeParts;
import dev.mallard.certify.BridgeKey;
import dev.mallard.certify.BridgeKeystore;
import dev.mallard.certify.SignatureSchemes;
import dev.mallard.chain.ChainConnector;
import dev.mallard.config.NodeConfig;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.source.Registry;
import java.io.IOException;

/** Opens what a node opens, in the same way, for {@code mallard check --live}. */
public final class ConfiguredParts implements NodeParts {
  @Override
  public BridgeAddress bridgeKey(NodeConfig config) throws IOException {
    return key(config).address();
  }

  @Override
  public ChainConnector connect(NodeConfig config) throws IOException {
    return Connectors.open(config, key(config));
  }

  @Override
  public Registry localRegistry(NodeConfig config) throws IOException {
    return MembershipReader.localRegistry(config);
  }

  private static BridgeKey key(NodeConfig config) throws IOException {
    return BridgeKeystore.load(
        config.identity().keystore(), config.identity().passwordFile(), SignatureSchemes.fastest());
  }
}
