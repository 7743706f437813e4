package dev.mallard.api;

import java.util.List;
import java.util.function.LongSupplier;

/** {@code GET /v1/status}. */
final class StatusHandler implements Operation {
  private final NodeView view;
  private final LongSupplier wallClock;

  StatusHandler(NodeView view, LongSupplier wallClock) {
    this.view = view;
    this.wallClock = wallClock;
  }

  @Override
  public String path() {
    return "/v1/status";
  }

  @Override
  public List<String> mediaTypes() {
    return List.of(JSON, TEXT);
  }

  @Override
  public void handle(Exchange exchange) {
    NodeStatus status = view.status();
    long now = wallClock.getAsLong();
    if (exchange.mediaType().equals(TEXT)) {
      exchange.sendText(
          "text/plain; charset=utf-8", StatusText.of(status, view.peers(), view.unhealthy(), now));
    } else {
      exchange.sendJson(StatusJson.of(status, view.unhealthy().isEmpty(), now));
    }
  }
}
