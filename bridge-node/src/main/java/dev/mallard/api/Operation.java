package dev.mallard.api;

import java.util.List;
import java.util.Set;

/** One operation of the OpenAPI document. */
interface Operation {
  String JSON = "application/json";
  String TEXT = "text/plain";

  /** With the router's placeholders: {@code /v1/streams/:id}. */
  String path();

  /** What it can answer with; the first when the client has no wish. */
  default List<String> mediaTypes() {
    return List.of(JSON);
  }

  /** Names of its query parameters. */
  default Set<String> parameters() {
    return Set.of();
  }

  /** Answers, now or later, exactly once; called on the server's event loop. */
  void handle(Exchange exchange);
}
