package dev.mallard.chain.evm;

import dev.mallard.chain.Accumulator;
import dev.mallard.chain.BlockHead;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainConnector;
import dev.mallard.chain.ChainHeads;
import dev.mallard.chain.ChainHealth;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.DeliverySubmitter;
import dev.mallard.chain.InboxEvent;
import dev.mallard.chain.InboxState;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxRead;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * An EVM chain as its bridge nodes see it. Asks nothing by itself: it works when called, but for
 * the WebSocket of the head hints. Opening it never fails because a chain is away.
 */
public final class EvmConnector implements ChainConnector {
  /** Callers wait for their answers, which keeps the number of tasks far below this ([G-4]). */
  private static final int THREADS_MAX = 64;

  private static final long THREAD_IDLE_SECONDS = 60;

  private final EvmOptions options;

  /** Platform threads: the tasks are short, many, and mostly one after the other. */
  private final ExecutorService executor =
      new ThreadPoolExecutor(
          0,
          THREADS_MAX,
          THREAD_IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().name("rpc-", 0).daemon().factory(),
          new ThreadPoolExecutor.CallerRunsPolicy());

  private final HttpClient http;
  private final RpcPool pool;
  private final HeadStates states;
  private final HeadReader heads;
  private final OutboxReader outboxReader;
  private final OutboxStart outboxStart;
  private final InboxReader inboxReader;
  private final SenderAccount account;
  private final DeliveryGas gasModel;
  private final List<Runnable> hints = new CopyOnWriteArrayList<>();
  private final Optional<HeadHints> headHints;

  /**
   * A connector that has not asked anything yet.
   *
   * @param accumulator the one that this chain's Outbox computes
   * @param signer pays for deliveries
   */
  public EvmConnector(
      EvmOptions options,
      Accumulator accumulator,
      TransactionSigner signer,
      DeliveryGas gasModel,
      InstantSource clock) {
    this.options = options;
    this.gasModel = gasModel;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(options.limits().connectTimeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(executor)
            .build();
    List<RpcEndpoint> endpoints =
        options.rpcUrls().stream()
            .map(url -> new RpcEndpoint(url, http, options.limits()))
            .toList();
    this.pool = new RpcPool(options.chain(), endpoints, options.limits(), clock);
    this.states = new HeadStates(options.outbox(), options.inbox());
    this.heads = new HeadReader(pool, states, options.headAgeMax(), clock);
    this.outboxReader =
        new OutboxReader(
            pool, options.outbox(), accumulator, options.limits().logRangeBlocksMax(), states);
    this.outboxStart = new OutboxStart(pool, options.outbox(), options.deploymentBlock());
    this.inboxReader = new InboxReader(pool, options.inbox(), states);
    this.account = new SenderAccount(options.chain().value(), signer);
    this.headHints =
        options.webSocketUrl().map(url -> new HeadHints(url, http, options.limits(), this::onHint));
    headHints.ifPresent(HeadHints::start);
  }

  @Override
  public RsmId rsm() {
    return options.chain();
  }

  @Override
  public ChainHeads heads() throws ChainUnavailableException {
    return heads.read();
  }

  @Override
  public OutboxCursor start(StreamId stream) throws ChainUnavailableException {
    requireSource(stream);
    return outboxStart.find();
  }

  @Override
  public OutboxRead readOutbox(
      StreamId stream, OutboxCursor cursor, BlockHead finalized, int blocksMax)
      throws ChainUnavailableException {
    requireSource(stream);
    Optional<OutboxRead.FinalityBroken> broken = heads.broken();
    return broken.isPresent()
        ? broken.get()
        : outboxReader.read(stream, cursor, finalized, blocksMax);
  }

  @Override
  public InboxState inbox(StreamId stream, BlockRef at) throws ChainUnavailableException {
    requireDestination(stream);
    return inboxReader.state(stream, at);
  }

  @Override
  public List<InboxEvent> inboxEvents(StreamId incoming, long fromBlock, long toBlock)
      throws ChainUnavailableException {
    requireDestination(incoming);
    return inboxReader.events(incoming, fromBlock, toBlock);
  }

  @Override
  public StakeTable remoteStakeTable(RsmId source, Epoch epoch) throws ChainUnavailableException {
    return inboxReader.stakeTable(source, epoch);
  }

  @Override
  public DeliverySubmitter submitter(StreamId incoming) {
    requireDestination(incoming);
    return new EvmSubmitter(pool, options.inbox(), account, gasModel, options.fees());
  }

  @Override
  public void onHeadHint(Runnable hint) {
    hints.add(hint);
  }

  @Override
  public ChainHealth health() {
    return pool.health();
  }

  @Override
  public void close() {
    headHints.ifPresent(HeadHints::close);
    http.shutdownNow();
    executor.shutdownNow();
  }

  private void onHint(Optional<Hash32> block) {
    block.ifPresent(states::onHint);
    hints.forEach(Runnable::run);
  }

  private void requireSource(StreamId stream) {
    if (!stream.source().equals(rsm())) {
      throw new IllegalArgumentException("stream " + stream + " does not start at " + rsm());
    }
  }

  private void requireDestination(StreamId stream) {
    if (!stream.destination().equals(rsm())) {
      throw new IllegalArgumentException("stream " + stream + " does not end at " + rsm());
    }
  }
}
