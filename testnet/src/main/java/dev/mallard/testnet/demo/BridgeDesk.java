package dev.mallard.testnet.demo;

import dev.mallard.contracts.TestToken;
import dev.mallard.contracts.TokenBridge;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StreamId;
import dev.mallard.testnet.demo.Transfer.Asset;
import dev.mallard.testnet.demo.Transfer.Purpose;
import dev.mallard.testnet.localnet.ChainClient;
import dev.mallard.testnet.localnet.NetworkState;
import dev.mallard.testnet.localnet.NetworkState.Contracts;
import dev.mallard.testnet.localnet.Wallet;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.web3j.tx.gas.DefaultGasProvider;
import org.web3j.utils.Numeric;

/**
 * Sends through the TokenBridge contracts of both chains as a test account, and reads what came of
 * it.
 */
public final class BridgeDesk implements Teller, ChainTruth, AutoCloseable {
  private static final String NATIVE = "0x0000000000000000000000000000000000000000";

  /** Test account that sends; the first one is the administrator. */
  private static final int USER = 1;

  /** For the TokenBridge at the destination, with a recipient's hook. */
  private static final BigInteger DELIVERY_GAS = BigInteger.valueOf(300_000);

  private static final long SEND_GAS = 400_000;

  /** Blocks of a second each; finality alone takes longer. */
  private static final long SHORT_DEADLINE_SECONDS = 2;

  private static final String HOOK_DATA = "0x01";
  private static final BigInteger UNLIMITED = BigInteger.TWO.pow(255);

  private final List<Counter> counters;
  private final SupplyBooks supplies;

  private BridgeDesk(List<Counter> counters, SupplyBooks supplies) {
    this.counters = List.copyOf(counters);
    this.supplies = supplies;
  }

  /** One side of the desk. */
  record Counter(NetworkState.Side side, ChainClient chain, Wallet wallet, InboxLogs logs) {
    Contracts contracts() {
      return side.contracts().orElseThrow();
    }

    TokenBridge bridge() {
      return TokenBridge.load(
          contracts().bridge(), chain.web3j(), chain.reader(), new DefaultGasProvider());
    }

    TestToken token(String address) {
      return TestToken.load(address, chain.web3j(), chain.reader(), new DefaultGasProvider());
    }
  }

  /** A desk for a running network. */
  public static BridgeDesk open(NetworkState state) throws IOException {
    List<Counter> counters = new ArrayList<>();
    for (NetworkState.Side side : state.sides()) {
      ChainClient chain = ChainClient.open(side.chainId(), side.rpcUrl());
      InboxLogs logs = new InboxLogs(chain, side.contracts().orElseThrow());
      counters.add(new Counter(side, chain, Wallet.open(chain, USER), logs));
    }
    return new BridgeDesk(counters, SupplyBooks.open(counters));
  }

  /** The account that sends, the same on both chains. */
  public String user() {
    return counters.getFirst().wallet().address();
  }

  @Override
  public String send(Order order) throws IOException {
    Counter counter = counters.get(order.side());
    Contracts there = counters.get(1 - order.side()).contracts();
    boolean revert = order.purpose() == Purpose.REVERT;
    long deadline =
        order.purpose() == Purpose.EXPIRE
            ? System.currentTimeMillis() / 1000 + SHORT_DEADLINE_SECONDS
            : 0;
    return send(
        new SendRequest(
            order.side(),
            tokenOf(order.asset(), counter.contracts()),
            order.amount(),
            revert ? there.reverting() : user(),
            deadline,
            revert ? HOOK_DATA : "0x"));
  }

  private static String tokenOf(Asset asset, Contracts here) {
    return switch (asset) {
      case NATIVE -> SendRequest.NATIVE;
      case TOKEN -> here.token();
      case WRAPPED_NATIVE -> here.wrappedNative();
      case WRAPPED_TOKEN -> here.wrappedToken();
    };
  }

  /** Hands a transfer to its chain; its transaction. Does not wait. */
  public String send(SendRequest request) throws IOException {
    Counter counter = counters.get(request.side());
    BigInteger value = request.isNative() ? request.amount() : BigInteger.ZERO;
    String data =
        counter
            .bridge()
            .send(
                request.isNative() ? NATIVE : request.token(),
                BigInteger.valueOf(counters.get(1 - request.side()).side().chainId()),
                request.recipient(),
                request.amount(),
                BigInteger.valueOf(request.deadlineSeconds()),
                DELIVERY_GAS,
                false,
                Numeric.hexStringToByteArray(request.data()),
                value)
            .encodeFunctionCall();
    String transaction =
        counter.chain().send(counter.wallet(), counter.contracts().bridge(), value, data, SEND_GAS);
    supplies.onPaid(request.side(), transaction);
    return transaction;
  }

  @Override
  public long awaitIndex(Order order, String transaction) throws IOException {
    return awaitIndex(order.side(), transaction);
  }

  /** The entry that a transaction made, once it is in a block. */
  public long awaitIndex(int side, String transaction) throws IOException {
    Counter counter = counters.get(side);
    return counter.logs().sentIndex(counter.chain().awaitReceipt(transaction));
  }

  @Override
  public void approve(List<Asset> assets) throws IOException {
    List<String> transactions = new ArrayList<>();
    for (int side = 0; side < counters.size(); side++) {
      for (Asset asset : assets) {
        transactions.add(approve(side, tokenOf(asset, counters.get(side).contracts())));
      }
    }
    int each = assets.size();
    for (int i = 0; i < transactions.size(); i++) {
      counters.get(i / each).chain().awaitReceipt(transactions.get(i));
    }
  }

  /** Lets the bridge take what a request sends, unless that is the chain's own coin. */
  public void allow(SendRequest request) throws IOException {
    if (!request.isNative()) {
      String transaction = approve(request.side(), request.token());
      counters.get(request.side()).chain().awaitReceipt(transaction);
    }
  }

  private String approve(int side, String token) throws IOException {
    Counter counter = counters.get(side);
    String bridge = counter.contracts().bridge();
    String data = counter.token(token).approve(bridge, UNLIMITED).encodeFunctionCall();
    String transaction =
        counter.chain().send(counter.wallet(), token, BigInteger.ZERO, data, SEND_GAS);
    supplies.onPaid(side, transaction);
    return transaction;
  }

  @Override
  public List<StreamId> streams() {
    RsmId left = new RsmId(counters.get(0).side().chainId());
    RsmId right = new RsmId(counters.get(1).side().chainId());
    return List.of(new StreamId(left, right), new StreamId(right, left));
  }

  private Counter counter(RsmId chain) {
    return counters.stream()
        .filter(counter -> counter.side().chainId() == chain.value())
        .findFirst()
        .orElseThrow();
  }

  @Override
  public List<Long> sent(StreamId stream) throws IOException {
    return counter(stream.source()).logs().sent(stream.destination().value());
  }

  @Override
  public List<StreamEvidence.Execution> executions(StreamId stream) throws IOException {
    return counter(stream.destination()).logs().executions(stream.source().value());
  }

  @Override
  public List<StreamEvidence.DeliveryTransaction> deliveries(StreamId stream) throws IOException {
    return counter(stream.destination()).logs().deliveries(stream.source().value());
  }

  @Override
  public Set<Long> refunded(StreamId stream) throws IOException {
    return counter(stream.source()).logs().refunded(stream.destination().value());
  }

  @Override
  public List<SupplyEvidence> supplies() throws IOException {
    return supplies.read();
  }

  @Override
  public void close() {
    counters.forEach(counter -> counter.chain().close());
  }
}
