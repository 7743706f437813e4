package dev.mallard.testnet.demo;

import dev.mallard.stake.StreamId;
import dev.mallard.testnet.localnet.NetworkState;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Sends through the TokenBridge contracts of both chains, and reads what came of it. */
public final class BridgeDesk implements Teller, ChainTruth, AutoCloseable {
  private final NetworkState state;

  private BridgeDesk(NetworkState state) {
    this.state = state;
  }

  /** A desk for a running network. */
  public static BridgeDesk open(NetworkState state) {
    return new BridgeDesk(state);
  }

  @Override
  public String send(Order order) throws IOException {
    throw new IOException("no contracts on " + state.sides());
  }

  @Override
  public long awaitIndex(Order order, String transaction) throws IOException {
    throw new IOException("no contracts");
  }

  @Override
  public void approve(List<Transfer.Asset> assets) throws IOException {
    throw new IOException("no contracts");
  }

  @Override
  public List<StreamId> streams() {
    return List.of();
  }

  @Override
  public List<Long> sent(StreamId stream) throws IOException {
    return List.of();
  }

  @Override
  public List<StreamEvidence.Execution> executions(StreamId stream) throws IOException {
    return List.of();
  }

  @Override
  public List<StreamEvidence.DeliveryTransaction> deliveries(StreamId stream) throws IOException {
    return List.of();
  }

  @Override
  public Set<Long> refunded(StreamId stream) throws IOException {
    return Set.of();
  }

  @Override
  public List<SupplyEvidence> supplies() throws IOException {
    return List.of();
  }

  @Override
  public void close() {}
}
