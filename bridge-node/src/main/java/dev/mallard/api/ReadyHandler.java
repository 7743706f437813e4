package dev.mallard.api;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code GET /health/ready}. */
final class ReadyHandler implements Operation {
  private final NodeView view;

  ReadyHandler(NodeView view) {
    this.view = view;
  }

  @Override
  public String path() {
    return "/health/ready";
  }

  @Override
  public void handle(Exchange exchange) {
    List<NodeStatus.Health> reasons = view.unhealthy();
    if (reasons.isEmpty()) {
      exchange.sendJson(new JsonObject().put("ready", true));
    } else {
      exchange.sendProblem(Problem.notReady(reasons));
    }
  }
}
