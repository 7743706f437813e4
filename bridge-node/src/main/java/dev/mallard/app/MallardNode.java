package dev.mallard.app;

import dev.mallard.api.ApiServer;
import dev.mallard.certify.BridgeKey;
import dev.mallard.certify.BridgeKeystore;
import dev.mallard.certify.SignatureScheme;
import dev.mallard.certify.SignatureSchemes;
import dev.mallard.chain.ChainConnector;
import dev.mallard.config.NodeConfig;
import dev.mallard.metrics.NodeMetrics;
import dev.mallard.metrics.StoreSamples;
import dev.mallard.net.TlsIdentity;
import dev.mallard.net.TlsKeystore;
import dev.mallard.stake.StreamId;
import dev.mallard.store.BridgeStore;
import dev.mallard.store.RecordStore;
import dev.mallard.store.StoreIdentity;
import dev.mallard.store.StoreLimits;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One validator's bridge node. What is wrong on this machine (keys, store, ports) fails the start
 * with a message; a chain that is away does not: REST is up at once and tells what the node waits
 * for, and the rest follows when the chain answers.
 */
public final class MallardNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MallardNode.class);
  private static final int EVENT_LOOPS = 2;
  private static final long BLOCKED_CHECK_MILLIS = 15_000;
  private static final int RETRY_MILLIS_MIN = 500;
  private static final int RETRY_MILLIS_MAX = 15_000;

  private final NodeConfig config;
  private final SignatureScheme scheme = SignatureSchemes.fastest();
  private final BridgeKey key;
  private final TlsIdentity tls;
  private final ChainConnector chain;
  private final BridgeStore store;
  private final ChainBoard board;
  private final Vertx vertx;
  private final LiveView view;
  private final ApiServer api;
  private final Thread boot = new Thread(this::boot, "boot");
  private final Semaphore stop = new Semaphore(0);
  private volatile @Nullable RunningNode running;
  private volatile boolean closed;

  private MallardNode(NodeConfig config, UnaryOperator<RecordStore> journalDisk)
      throws IOException {
    this.config = config;
    this.key =
        BridgeKeystore.load(config.identity().keystore(), config.identity().passwordFile(), scheme);
    this.tls =
        TlsKeystore.load(config.identity().tlsKeystore(), config.identity().tlsPasswordFile());
    StreamId out = new StreamId(config.chain().id(), config.remote().id());
    this.store =
        BridgeStore.open(
            config.dataFolder(),
            new StoreIdentity(config.chain().id(), key.address(), List.of(out, out.reverse())),
            StoreLimits.defaults(),
            journalDisk);
    this.chain = Connectors.open(config, key);
    this.board = new ChainBoard(config.chain().headAgeSecondsMax());
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setWorkerPoolSize(EVENT_LOOPS)
                .setInternalBlockingPoolSize(EVENT_LOOPS)
                .setBlockedThreadCheckInterval(BLOCKED_CHECK_MILLIS)
                .setPreferNativeTransport(true));
    this.view =
        new LiveView(
            config.chain().id(),
            key.address(),
            chain,
            board,
            store,
            NodeVersion.text(),
            System.currentTimeMillis());
    NodeMetrics metrics =
        new NodeMetrics(
            view,
            List.of(
                new StoreSamples(() -> store.metrics().snapshot()),
                text ->
                    text.gauge(
                        "mallard_queue_length", "Work waiting in loops and workers", waiting())),
            System::currentTimeMillis);
    this.api = new ApiServer(vertx, config.api(), view, metrics::scrape);
  }

  /**
   * Starts a node: when it returns, REST answers.
   *
   * @throws IOException when keys, store or ports of this machine do not allow it; names the remedy
   */
  public static MallardNode start(NodeConfig config) throws IOException {
    return start(config, UnaryOperator.identity());
  }

  /** As above, with another disk before the journal: see {@link BridgeStore#open}. */
  public static MallardNode start(NodeConfig config, UnaryOperator<RecordStore> journalDisk)
      throws IOException {
    MallardNode node = new MallardNode(config, journalDisk);
    try {
      Blocking.await(node.api.start());
    } catch (IOException e) {
      node.close();
      throw e;
    }
    node.boot.start();
    return node;
  }

  private long waiting() {
    RunningNode node = running;
    return node == null ? 0 : node.waiting();
  }

  /** Tries until both sides' validators are known, then starts the streams. */
  private void boot() {
    int pause = RETRY_MILLIS_MIN;
    while (running == null && !closed) {
      try {
        Membership members = new MembershipReader(config, chain, key.address()).read();
        RunningNode node =
            new RunningNode(config, members, key, scheme, tls, chain, store, board, vertx);
        running = node;
        node.start();
        view.onRunning(node);
        LOG.info(
            "replica {} of chain {} runs with stake {} of {}",
            members.self(),
            config.chain().id(),
            members.local().table().stakeOf(members.self()),
            members.local().table().total());
      } catch (IOException | RuntimeException | Error e) {
        closeRunning();
        String reason = String.valueOf(e.getMessage());
        LOG.warn("the node waits: {}", reason);
        view.onWaiting(reason);
        try {
          if (stop.tryAcquire(pause, TimeUnit.MILLISECONDS)) {
            return;
          }
        } catch (InterruptedException stopped) {
          return;
        }
        pause = Math.min(2 * pause, RETRY_MILLIS_MAX);
      }
    }
  }

  private void closeRunning() {
    RunningNode node = running;
    if (node != null) {
      node.close();
      running = null;
    }
  }

  /**
   * Stops in the opposite order; what is durable stays, what was under way is taken up at the next
   * start.
   */
  @Override
  public void close() {
    closed = true;
    stop.release();
    try {
      boot.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closeQuietly(() -> Blocking.await(api.close()));
    closeRunning();
    chain.close();
    store.close();
    closeQuietly(() -> Blocking.await(vertx.close()));
  }

  private interface Closing {
    void run() throws IOException;
  }

  private static void closeQuietly(Closing closing) {
    try {
      closing.run();
    } catch (IOException e) {
      LOG.warn("a part did not stop in order: {}", e.getMessage());
    }
  }
}
