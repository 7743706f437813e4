package dev.mallard.api;

import io.vertx.core.json.JsonObject;

/** {@code GET /health/live}. */
final class LiveHandler implements Operation {
  static final String PATH = "/health/live";

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public void handle(Exchange exchange) {
    exchange.sendJson(new JsonObject().put("live", true));
  }
}
