package dev.mallard.net;

import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connects to one peer, for ever: whenever there is no connection it tries again, with back-off.
 * Runs on one event loop.
 */
final class PeerDialer {
  private final PeerLink link;
  private final PeerConnections connections;
  private final TlsSockets tls;
  private final NetClient client;
  private final ContextInternal context;
  private final Backoff backoff;
  private final int stableMillis;
  private boolean closed;

  PeerDialer(
      PeerLink link,
      PeerConnections connections,
      TlsSockets tls,
      NetClient client,
      ContextInternal context,
      Backoff backoff,
      int stableMillis) {
    this.link = link;
    this.connections = connections;
    this.tls = tls;
    this.client = client;
    this.context = context;
    this.backoff = backoff;
    this.stableMillis = stableMillis;
  }

  void start() {
    context.runOnContext(ignored -> dial());
  }

  void close() {
    context.runOnContext(ignored -> closed = true);
  }

  private void dial() {
    if (closed) {
      return;
    }
    client
        .connect(link.address().port(), link.address().host())
        .onSuccess(this::onConnected)
        .onFailure(error -> retryLater(TlsFailure.reason(error)));
  }

  private void onConnected(NetSocket connected) {
    NetSocketInternal socket = (NetSocketInternal) connected;
    if (!socket.channelHandlerContext().channel().isActive()) {
      // Too late for a close handler to be called.
      retryLater("closed by the peer at once");
      return;
    }
    Attempt attempt = new Attempt(socket);
    socket.exceptionHandler(attempt::onError);
    socket.closeHandler(ignored -> attempt.onClosed());
    tls.secureDialed(socket, attempt::onSecured, attempt::onError);
  }

  private void retryLater(String error) {
    link.onError(error);
    retryLater();
  }

  private void retryLater() {
    if (!closed) {
      long delayMillis = Math.max(backoff.nextMillis(), link.penaltyMillis(System.nanoTime()));
      context.setTimer(delayMillis, ignored -> dial());
    }
  }

  /** One connected socket, from its TLS handshake to its end. */
  private final class Attempt {
    private final NetSocketInternal socket;
    private @Nullable PeerConnection connection;
    private String error = "closed by the peer during the TLS handshake";

    Attempt(NetSocketInternal socket) {
      this.socket = socket;
    }

    void onSecured(PinVerdict verdict) {
      if (!closed && verdict instanceof PinVerdict.Known(var peer) && peer.equals(link.id())) {
        connection = connections.open(socket, link, () -> {});
      } else {
        error = "somebody else answers there: " + verdict;
        var _ = socket.close();
      }
    }

    void onError(Throwable cause) {
      error = TlsFailure.reason(cause);
      if (connection != null) {
        connection.onSocketError(cause);
      }
      var _ = socket.close();
    }

    void onClosed() {
      if (connection == null) {
        retryLater(error);
        return;
      }
      connections.onSocketClosed(connection);
      if (TimeUnit.NANOSECONDS.toMillis(connection.ageNanos()) >= stableMillis) {
        backoff.reset();
      }
      retryLater();
    }
  }
}
