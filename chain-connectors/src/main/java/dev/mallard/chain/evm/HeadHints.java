package dev.mallard.chain.evm;

import dev.mallard.stake.Hash32;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for new heads over a WebSocket and says only that something happened, and what to look
 * for: what is true, is read by polling. A lost connection is made anew for ever, with back-off;
 * one that fell silent is pinged and, without an answer, given up. Runs on one virtual thread.
 */
final class HeadHints implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeadHints.class);

  /** Request time-outs of silence after which a ping asks for a sign of life. */
  private static final int SILENCE_FACTOR = 3;

  /** Longest message that is taken in pieces before the connection is given up. */
  private static final int MESSAGE_CHARS_MAX = 1 << 18;

  private final URI url;
  private final HttpClient http;
  private final RpcLimits limits;
  private final HeadNotice notice = new HeadNotice();
  private final Consumer<Optional<Hash32>> onHint;
  private final Thread thread;
  private volatile boolean closed;

  HeadHints(URI url, HttpClient http, RpcLimits limits, Consumer<Optional<Hash32>> onHint) {
    this.url = url;
    this.http = http;
    this.limits = limits;
    this.onHint = onHint;
    this.thread = Thread.ofVirtual().name("head-hints").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void run() {
    Duration pause = limits.backoffMin();
    while (!closed) {
      Session session = new Session();
      try {
        listen(session);
      } catch (InterruptedException e) {
        return;
      } catch (ExecutionException | TimeoutException e) {
        LOG.debug("no head hints from {}: {}", EndpointName.of(url), String.valueOf(e));
      }
      pause = session.subscribed ? limits.backoffMin() : longer(pause);
      LOG.atLevel(session.subscribed ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.DEBUG)
          .log(
              "head hints from {} ended; connecting again in {} ms, polling goes on",
              EndpointName.of(url),
              pause.toMillis());
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(limits.backoffMax()) < 0 ? twice : limits.backoffMax();
  }

  private void listen(Session session)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<WebSocket> opening =
        http.newWebSocketBuilder().connectTimeout(limits.connectTimeout()).buildAsync(url, session);
    WebSocket socket = await(opening);
    try {
      RpcCall subscribe = new RpcCall("eth_subscribe", List.of("newHeads"));
      byte[] text = new JsonRpcWire().encode(List.of(subscribe));
      await(socket.sendText(new String(text, StandardCharsets.UTF_8), true));
      while (!closed && session.isAlive(socket)) {
        LOG.trace("the connection to {} stands", EndpointName.of(url));
      }
    } finally {
      socket.abort();
    }
  }

  private <T> T await(CompletableFuture<T> sending)
      throws InterruptedException, ExecutionException, TimeoutException {
    return sending.get(limits.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** One connection. Its callbacks only count. */
  private final class Session implements WebSocket.Listener {
    private final Semaphore signs = new Semaphore(0);
    private volatile boolean ended;
    private volatile boolean subscribed;
    private final StringBuilder message = new StringBuilder();

    /** Waits for a sign of life; after a long silence asks for one. */
    private boolean isAlive(WebSocket socket)
        throws InterruptedException, ExecutionException, TimeoutException {
      Duration answerTime = limits.requestTimeout();
      if (awaitSign(answerTime.multipliedBy(SILENCE_FACTOR))) {
        return !ended;
      }
      await(socket.sendPing(ByteBuffer.allocate(0)));
      return awaitSign(answerTime) && !ended;
    }

    private boolean awaitSign(Duration limit) throws InterruptedException {
      boolean came = signs.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS);
      signs.drainPermits();
      return came;
    }

    private void sign() {
      if (signs.availablePermits() == 0) {
        signs.release();
      }
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      if (message.length() + data.length() > MESSAGE_CHARS_MAX) {
        end(socket);
        return CompletableFuture.completedStage(null);
      }
      message.append(data);
      if (last) {
        String text = message.toString();
        message.setLength(0);
        sign();
        boolean tick = subscribed;
        subscribed = true;
        if (tick) {
          onHint.accept(notice.block(text));
        }
      }
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      sign();
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      end(socket);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      LOG.debug("head hints from {}: {}", EndpointName.of(url), String.valueOf(error));
      end(socket);
    }

    private void end(WebSocket socket) {
      ended = true;
      socket.abort();
      sign();
    }
  }
}
