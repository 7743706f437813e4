package dev.mallard.api;

import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The open connections and when each last made a complete request, so that one that only trickles
 * bytes, or never takes its answer, is closed too. The server's event loop only.
 */
final class Connections {
  private final ApiLimits limits;
  private final LongSupplier nanoClock;
  private final Map<HttpConnection, Long> lastRequestNanos = new HashMap<>();

  Connections(ApiLimits limits, LongSupplier nanoClock) {
    this.limits = limits;
    this.nanoClock = nanoClock;
  }

  void onConnection(HttpConnection connection) {
    if (lastRequestNanos.size() >= limits.connectionsMax()) {
      connection.close();
      return;
    }
    lastRequestNanos.put(connection, nanoClock.getAsLong());
    connection.closeHandler(closed -> lastRequestNanos.remove(connection));
  }

  void onRequest(HttpConnection connection) {
    lastRequestNanos.replace(connection, nanoClock.getAsLong());
  }

  void closeIdle() {
    long oldest = nanoClock.getAsLong() - limits.idleSecondsMax() * 1_000_000_000L;
    List<HttpConnection> idle =
        lastRequestNanos.entrySet().stream()
            .filter(entry -> entry.getValue() - oldest < 0)
            .map(Map.Entry::getKey)
            .toList();
    idle.forEach(HttpConnection::close);
  }

  int open() {
    return lastRequestNanos.size();
  }
}
