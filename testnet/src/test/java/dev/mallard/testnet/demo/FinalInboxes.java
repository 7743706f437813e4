package dev.mallard.testnet.demo;

import dev.mallard.contracts.Inbox;
import dev.mallard.stake.RsmId;
import dev.mallard.testnet.localnet.ChainClient;
import dev.mallard.testnet.localnet.NetworkState;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.tx.gas.DefaultGasProvider;

/** The Inboxes of both chains as of their last finalized blocks. */
final class FinalInboxes implements AutoCloseable {
  private final List<ChainClient> chains = new ArrayList<>();
  private final List<Inbox> inboxes = new ArrayList<>();

  private FinalInboxes() {}

  /** Of a running network. */
  static FinalInboxes open(NetworkState state) {
    FinalInboxes all = new FinalInboxes();
    for (NetworkState.Side side : state.sides()) {
      ChainClient chain = ChainClient.open(side.chainId(), side.rpcUrl());
      all.chains.add(chain);
      Inbox inbox =
          Inbox.load(
              side.contracts().orElseThrow().inbox(),
              chain.web3j(),
              chain.reader(),
              new DefaultGasProvider());
      inbox.setDefaultBlockParameter(DefaultBlockParameterName.FINALIZED);
      all.inboxes.add(inbox);
    }
    return all;
  }

  /** Number of the last bundle of a stream that a side's chain has executed for good ([GC-3]). */
  long executed(int side, RsmId source) throws IOException {
    try {
      return inboxes.get(side).stream(BigInteger.valueOf(source.value()))
          .send()
          .component2()
          .longValueExact();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the Inbox does not answer", e);
    }
  }

  @Override
  public void close() {
    chains.forEach(ChainClient::close);
  }
}
