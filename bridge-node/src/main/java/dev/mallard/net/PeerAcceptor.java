package dev.mallard.net;

import dev.mallard.stake.ReplicaId;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes connections that peers have opened, as far as they may. */
final class PeerAcceptor {
  private static final Logger LOG = LoggerFactory.getLogger(PeerAcceptor.class);

  private final ReplicaId self;
  private final Map<ReplicaId, PeerLink> links;
  private final PeerConnections connections;
  private final TlsSockets tls;
  private final AdmissionGate gate;
  private final AtomicLong refused = new AtomicLong();

  PeerAcceptor(
      ReplicaId self,
      Map<ReplicaId, PeerLink> links,
      PeerConnections connections,
      TlsSockets tls,
      AdmissionGate gate) {
    this.self = self;
    this.links = links;
    this.connections = connections;
    this.tls = tls;
    this.gate = gate;
  }

  /** A socket was accepted; on its event loop, before anything was read. */
  void onSocket(NetSocket accepted) {
    NetSocketInternal socket = (NetSocketInternal) accepted;
    if (!socket.channelHandlerContext().channel().isActive()) {
      // Too late for a close handler to be called, which would leave the gate.
      return;
    }
    String source = socket.remoteAddress().hostAddress();
    if (!gate.tryEnter(source)) {
      refuse(socket, "too many connections there have not said who they are");
      return;
    }
    Visit visit = new Visit(socket, source);
    socket.exceptionHandler(visit::onError);
    socket.closeHandler(ignored -> visit.onClosed());
    tls.secureAccepted(socket, visit::onSecured, visit::onError);
  }

  /**
   * Connections turned away: strangers, floods of connections, peers that must be dialled or serve
   * a penalty.
   */
  long refused() {
    return refused.get();
  }

  private void refuse(NetSocketInternal socket, String reason) {
    refused.incrementAndGet();
    LOG.atDebug().addKeyValue("address", socket.remoteAddress()).log("refused: {}", reason);
    var _ = socket.close();
  }

  /** One accepted socket. */
  private final class Visit {
    private final NetSocketInternal socket;
    private final String source;
    private boolean atGate = true;
    private @Nullable PeerConnection connection;

    Visit(NetSocketInternal socket, String source) {
      this.socket = socket;
      this.source = source;
    }

    void onSecured(PinVerdict verdict) {
      PeerLink link = verdict instanceof PinVerdict.Known(ReplicaId peer) ? links.get(peer) : null;
      if (link == null) {
        refuse(socket, verdict.toString());
      } else if (link.id().compareTo(self) > 0) {
        refuse(socket, link.id() + " waits to be dialled, it must not dial");
      } else if (link.penaltyMillis(System.nanoTime()) > 0) {
        refuse(socket, link.id() + " broke the rules a moment ago");
      } else {
        connection = connections.open(socket, link, this::leaveGate);
      }
    }

    void onError(Throwable cause) {
      if (connection != null) {
        connection.onSocketError(cause);
      } else {
        refuse(socket, TlsFailure.reason(cause));
      }
    }

    void onClosed() {
      leaveGate();
      if (connection != null) {
        connections.onSocketClosed(connection);
      }
    }

    private void leaveGate() {
      if (atGate) {
        atGate = false;
        gate.leave(source);
      }
    }
  }
}
