package dev.mallard.app;

import dev.mallard.certify.BridgeKey;
import dev.mallard.chain.ChainConnector;
import dev.mallard.chain.KeccakAccumulator;
import dev.mallard.chain.evm.EvmConnector;
import dev.mallard.chain.evm.EvmOptions;
import dev.mallard.chain.evm.FeeOptions;
import dev.mallard.chain.evm.InboxGas;
import dev.mallard.chain.evm.RpcLimits;
import dev.mallard.chain.evm.TransactionSigner;
import dev.mallard.config.NodeConfig;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.tuweni.bytes.Bytes;

/** Opens the connector that a configuration names; never fails because the chain is away. */
final class Connectors {
  private Connectors() {}

  static ChainConnector open(NodeConfig config, BridgeKey key) {
    NodeConfig.Chain chain = config.chain();
    FeeOptions fees = FeeOptions.DEFAULT;
    EvmOptions options =
        new EvmOptions(
            chain.id(),
            chain.rpcUrls(),
            chain.webSocketUrl(),
            chain.outbox(),
            chain.inbox(),
            chain.deploymentBlock(),
            Duration.ofSeconds(chain.headAgeSecondsMax()),
            RpcLimits.DEFAULT,
            new FeeOptions(
                fees.priorityFeeMin(),
                fees.priorityFeeMax(),
                fees.feePerGasMax(),
                fees.bumpAfterBlocks(),
                config.delivery().gasMax()));
    return new EvmConnector(
        options,
        new KeccakAccumulator(),
        new KeySigner(key),
        new InboxGas(),
        InstantSource.system());
  }

  /** Transactions are paid and signed with the bridge key's account. */
  private record KeySigner(BridgeKey key) implements TransactionSigner {
    @Override
    public BridgeAddress address() {
      return key.address();
    }

    @Override
    public Bytes sign(Hash32 digest) {
      return key.sign(digest).compact();
    }
  }
}
