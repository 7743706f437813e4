package dev.mallard.api;

import io.vertx.core.json.JsonObject;

/** {@code GET /v1/streams}. */
final class StreamsHandler implements Operation {
  private final NodeView view;

  StreamsHandler(NodeView view) {
    this.view = view;
  }

  @Override
  public String path() {
    return "/v1/streams";
  }

  @Override
  public void handle(Exchange exchange) {
    exchange.sendJson(new JsonObject().put("streams", StreamJson.all(view.status())));
  }
}
