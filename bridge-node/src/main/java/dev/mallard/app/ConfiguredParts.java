package dev.mallard.app;

import dev.mallard.app.cli.NodeParts;
import dev.mallard.certify.BridgeKey;
import dev.mallard.certify.BridgeKeystore;
import dev.mallard.certify.SignatureScheme;
import dev.mallard.certify.SignatureSchemes;
import dev.mallard.chain.ChainConnector;
import dev.mallard.config.NodeConfig;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.source.Registry;
import java.io.IOException;
import java.security.SecureRandom;

/** Opens the parts of a node for a live check as {@link MallardNode} opens them. */
public final class ConfiguredParts implements NodeParts {
  private final SignatureScheme scheme = SignatureSchemes.fastest();

  @Override
  public BridgeAddress bridgeKey(NodeConfig config) throws IOException {
    return BridgeKeystore.load(
            config.identity().keystore(), config.identity().passwordFile(), scheme)
        .address();
  }

  /** With a key that is thrown away: a check only reads. */
  @Override
  public ChainConnector connect(NodeConfig config) {
    return Connectors.open(config, BridgeKey.generate(scheme, new SecureRandom()));
  }

  @Override
  public Registry localRegistry(NodeConfig config) throws IOException {
    return MembershipReader.localRegistry(config);
  }
}
