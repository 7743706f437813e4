package dev.mallard.api;

import dev.mallard.stake.StreamId;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code GET /v1/streams/{id}}. */
final class StreamHandler implements Operation {
  static final String STREAM_REMEDY = "write SOURCE-DESTINATION, for example 31337-31338";

  private final NodeView view;

  StreamHandler(NodeView view) {
    this.view = view;
  }

  @Override
  public String path() {
    return "/v1/streams/:id";
  }

  @Override
  public void handle(Exchange exchange) {
    Optional<StreamId> id =
        exchange
            .parameters()
            .path(
                "id",
                exchange.pathText(),
                STREAM_REMEDY,
                text -> Optional.of(StreamId.parse(text)));
    if (exchange.checkParameters() && id.isPresent()) {
      NodeStatus status = view.status();
      stream(status, id.get())
          .ifPresentOrElse(
              exchange::sendJson, () -> exchange.sendProblem(Problem.noSuchStream(known(status))));
    }
  }

  private static Optional<JsonObject> stream(NodeStatus status, StreamId id) {
    return Stream.concat(
            status.sources().stream().filter(s -> s.stream().equals(id)).map(StreamJson::of),
            status.destinations().stream().filter(d -> d.stream().equals(id)).map(StreamJson::of))
        .findFirst();
  }

  private static List<String> known(NodeStatus status) {
    return Stream.concat(
            status.sources().stream().map(s -> s.stream().toString()),
            status.destinations().stream().map(d -> d.stream().toString()))
        .toList();
  }
}
