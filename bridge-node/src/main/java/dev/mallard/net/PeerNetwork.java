package dev.mallard.net;

import dev.mallard.stake.ReplicaId;
import dev.mallard.wire.FrameCodec;
import dev.mallard.wire.PeerMessage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection with each peer: TCP, TLS 1.3, keys pinned both ways (DESIGN section 5). The
 * replica with the smaller id dials, for ever; the other one listens. So either may be down at any
 * time, and there are never two connections racing.
 */
public final class PeerNetwork implements PeerTransport, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerNetwork.class);
  private static final int CLOSE_SECONDS_MAX = 5;
  private static final Duration EXPIRY_WARNING = Duration.ofDays(60);

  private final VertxInternal vertx;
  private final PeerNetworkOptions options;
  private final TlsEngine engine;
  private final Map<ReplicaId, PeerLink> links = new LinkedHashMap<>();
  private final List<PeerDialer> dialers = new ArrayList<>();
  private final PeerConnections connections;
  private final PeerAcceptor acceptor;
  private final NetServer server;
  private final NetClient client;
  private volatile long sweepTimer = -1;

  /**
   * Ready to be started.
   *
   * @param vertx whose event loops carry the connections; not closed by this
   * @param listener hears from peers
   */
  public PeerNetwork(Vertx vertx, PeerNetworkOptions options, PeerListener listener) {
    this(vertx, options, listener, TlsEngine.best());
  }

  PeerNetwork(Vertx vertx, PeerNetworkOptions options, PeerListener listener, TlsEngine engine) {
    this.vertx = (VertxInternal) vertx;
    this.options = options;
    this.engine = engine;
    NetLimits limits = options.limits();
    FrameCodec codec = new FrameCodec(limits.wire());
    openLinks(listener, codec);
    PinTable pins = new PinTable(options.peers(), InstantSource.system());
    TlsSockets tls = tlsSockets(pins);
    int peers = options.peers().size();
    connections =
        new PeerConnections(
            new PeerConnection.Setting(
                new Greeting(options.self(), options.epoch()),
                codec,
                limits,
                limits.inboundBytes(peers)));
    AdmissionGate gate = new AdmissionGate(limits.admission());
    acceptor = new PeerAcceptor(options.self(), links, connections, tls, gate);
    server = vertx.createNetServer(serverOptions()).connectHandler(acceptor::onSocket);
    client = vertx.createNetClient(clientOptions());
    createDialers(tls);
  }

  private void openLinks(PeerListener listener, FrameCodec codec) {
    NetLimits limits = options.limits();
    int bytesMax = limits.outboundBytes(options.peers().size());
    for (PeerAddress peer : options.peers()) {
      OutboundQueue queue = new OutboundQueue(limits.outbound().peerMessagesMax(), bytesMax);
      Penalty penalty = new Penalty(limits.retry());
      links.put(peer.id(), new PeerLink(peer, listener, queue, codec, penalty));
    }
  }

  private TlsSockets tlsSockets(PinTable pins) {
    PinnedTrust trust = new PinnedTrust(pins, this::onRefused);
    int handshakeMillis = options.limits().deadlines().handshakeMillis();
    return new TlsSockets(new TlsContext(engine, options.identity(), trust, handshakeMillis), pins);
  }

  private void onRefused(PinVerdict verdict) {
    if (verdict instanceof PinVerdict.OutOfDate outOfDate) {
      PeerLink link = links.get(outOfDate.peer());
      if (link != null) {
        link.onError(outOfDate.reason());
      }
    }
  }

  private NetServerOptions serverOptions() {
    return new NetServerOptions()
        .setHost(options.listenHost())
        .setPort(options.port())
        .setTcpNoDelay(true)
        .setReuseAddress(true);
  }

  private NetClientOptions clientOptions() {
    return new NetClientOptions()
        .setConnectTimeout(options.limits().deadlines().connectMillis())
        .setTcpNoDelay(true);
  }

  private void createDialers(TlsSockets tls) {
    NetLimits.Retry retry = options.limits().retry();
    for (PeerLink link : links.values()) {
      if (options.self().compareTo(link.id()) < 0) {
        Backoff backoff = new Backoff(retry.millisMin(), retry.millisMax(), new SplittableRandom());
        dialers.add(
            new PeerDialer(
                link,
                connections,
                tls,
                client,
                vertx.createEventLoopContext(),
                backoff,
                retry.stableMillis()));
      }
    }
  }

  /**
   * Listens, then dials.
   *
   * @return fails with an {@link IOException} that names the address and what to do, if it cannot
   *     listen
   */
  public Future<Void> start() {
    Instant validUntil = options.identity().validUntil();
    if (Instant.now().isAfter(validUntil)) {
      return Future.failedFuture(
          new IOException(
              "the certificate of this node's TLS key ended at "
                  + validUntil
                  + ": make a new key and register its pin"));
    }
    return server
        .listen()
        .<Void>mapEmpty()
        .recover(error -> Future.failedFuture(cannotListen(error)))
        .onSuccess(ignored -> onListening());
  }

  private void onListening() {
    int sweepMillis = options.limits().deadlines().sweepMillis();
    sweepTimer = vertx.setPeriodic(sweepMillis, ignored -> connections.onSweep());
    dialers.forEach(PeerDialer::start);
    LOG.atInfo()
        .addKeyValue("self", options.self())
        .addKeyValue("address", options.listenHost() + ":" + port())
        .addKeyValue("tls", engine)
        .addKeyValue("key", options.identity().publicKeyHash())
        .addKeyValue("keyValidUntil", options.identity().validUntil())
        .log("listening for peers");
    Instant validUntil = options.identity().validUntil();
    if (Instant.now().plus(EXPIRY_WARNING).isAfter(validUntil)) {
      LOG.atWarn()
          .addKeyValue("keyValidUntil", validUntil)
          .log("this node's TLS key ends soon: make a new one and register its pin before that");
    }
  }

  private IOException cannotListen(Throwable error) {
    String address = options.listenHost() + ":" + options.port();
    String remedy =
        error instanceof BindException
            ? "is in use or not one of this machine; stop what uses it, or listen elsewhere"
            : "cannot be used: " + TlsFailure.reason(error);
    return new IOException("cannot listen for peers: address " + address + " " + remedy, error);
  }

  /** The port it listens on, once started. */
  public int port() {
    return server.actualPort();
  }

  /** What does the cryptography. */
  public TlsEngine engine() {
    return engine;
  }

  /** Connections turned away since the start, most of them strangers'. */
  public long refusedConnections() {
    return acceptor.refused();
  }

  @Override
  public boolean send(ReplicaId to, PeerMessage message) {
    return link(to).send(message);
  }

  @Override
  public boolean isConnected(ReplicaId peer) {
    return link(peer).isConnected();
  }

  private PeerLink link(ReplicaId peer) {
    PeerLink link = links.get(peer);
    if (link == null) {
      throw new IllegalArgumentException(peer + " is no peer of " + options.self());
    }
    return link;
  }

  /** All peers, in the order of the options. */
  public List<PeerStatus> statuses() {
    return links.values().stream().map(PeerLink::status).toList();
  }

  /** Closes all connections and stops to listen; waits for that unless on an event loop. */
  @Override
  public void close() {
    vertx.cancelTimer(sweepTimer);
    dialers.forEach(PeerDialer::close);
    connections.closeAll();
    Future<Void> closed = Future.all(server.close(), client.close()).mapEmpty();
    if (Context.isOnEventLoopThread()) {
      return;
    }
    try {
      closed.toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("peer connections did not close cleanly: {}", e.getMessage());
    }
  }
}
