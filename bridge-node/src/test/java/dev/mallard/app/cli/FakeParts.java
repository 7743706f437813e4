package dev.mallard.app.cli;

import dev.mallard.chain.ChainConnector;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.config.NodeConfig;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.Stake;
import dev.mallard.stake.Validator;
import dev.mallard.stake.source.Registry;
import dev.mallard.stake.source.RegistryEntry;
import java.io.IOException;
import java.util.List;

/** A key, and a registry that may know it; no chain. */
final class FakeParts implements NodeParts {
  static final BridgeAddress KEY = BridgeAddress.fromHex("0x" + "0a".repeat(20));

  private final BridgeAddress registered;
  private final Hash32 pin;

  FakeParts(BridgeAddress registered, Hash32 pin) {
    this.registered = registered;
    this.pin = pin;
  }

  @Override
  public BridgeAddress bridgeKey(NodeConfig config) {
    return KEY;
  }

  @Override
  public ChainConnector connect(NodeConfig config) throws IOException {
    throw new ChainUnavailableException("no Inbox here");
  }

  @Override
  public Registry localRegistry(NodeConfig config) {
    Validator self = new Validator(0, registered, Stake.of(10));
    return Registry.of(
        config.chain().id(),
        new Epoch(1),
        List.of(new RegistryEntry(self, "127.0.0.1:1", pin)),
        FaultModel.bft(Stake.of(10)));
  }
}
