package dev.mallard.api;

/** {@code GET /v1/peers}. */
final class PeersHandler implements Operation {
  private final NodeView view;

  PeersHandler(NodeView view) {
    this.view = view;
  }

  @Override
  public String path() {
    return "/v1/peers";
  }

  @Override
  public void handle(Exchange exchange) {
    exchange.sendJson(PeersJson.of(view.status().identity(), view.peers()));
  }
}
