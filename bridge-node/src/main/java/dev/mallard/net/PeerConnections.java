package dev.mallard.net;

import io.vertx.core.internal.net.NetSocketInternal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of a node that TLS has authenticated. Any thread. */
final class PeerConnections {
  private final PeerConnection.Setting setting;
  private final Set<PeerConnection> open = ConcurrentHashMap.newKeySet();

  PeerConnections(PeerConnection.Setting setting) {
    this.setting = setting;
  }

  /** Begins to speak with a peer; on the socket's event loop. */
  PeerConnection open(NetSocketInternal socket, PeerLink link, Runnable onGreeted) {
    PeerConnection connection = new PeerConnection(socket, link, setting, onGreeted);
    open.add(connection);
    connection.start();
    return connection;
  }

  void onSocketClosed(PeerConnection connection) {
    open.remove(connection);
    connection.onSocketClosed();
  }

  /** Looks at all deadlines. */
  void onSweep() {
    open.forEach(PeerConnection::onSweep);
  }

  void closeAll() {
    open.forEach(connection -> connection.closeSoon("this node stops"));
  }
}
