package dev.mallard.api;

import dev.mallard.store.MessageRecord;
import java.util.Optional;

/** {@code GET /v1/messages/{id}}. */
final class MessageHandler implements Operation {
  private static final String ID_REMEDY =
      "write SOURCE-DESTINATION-INDEX, for example 31337-31338-7";

  private final NodeView view;
  private final IndexReads reads;

  MessageHandler(NodeView view, IndexReads reads) {
    this.view = view;
    this.reads = reads;
  }

  @Override
  public String path() {
    return "/v1/messages/:id";
  }

  @Override
  public void handle(Exchange exchange) {
    Optional<MessageId> id =
        exchange.parameters().path("id", exchange.pathText(), ID_REMEDY, MessageId::parse);
    if (exchange.checkParameters() && id.isPresent()) {
      reads.read(
          exchange,
          () -> view.messages().find(id.get().stream(), id.get().index()),
          found -> answer(exchange, found));
    }
  }

  private void answer(Exchange exchange, Optional<MessageRecord> found) {
    found.ifPresentOrElse(
        message -> exchange.sendJson(MessageJson.of(message, view.waitsOn(message))),
        () -> exchange.sendProblem(Problem.noSuchMessage()));
  }
}
