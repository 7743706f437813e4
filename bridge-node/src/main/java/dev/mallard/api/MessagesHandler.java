package dev.mallard.api;

import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import dev.mallard.store.MessageIndex;
import dev.mallard.store.MessageQuery;
import dev.mallard.store.MessageRecord;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.tuweni.bytes.Bytes;

/** {@code GET /v1/messages}. */
final class MessagesHandler implements Operation {
  static final String BEFORE_REMEDY =
      "pass the page's next as it was, with the same other parameters; or leave it out to start at the newest";

  private static final String STATES_REMEDY =
      "write sent, finalized, certified, crossed, held, quacked, executed, failed, expired or receipt";
  private static final Pattern ACCOUNT = Pattern.compile("0x([0-9a-fA-F]{2}){1,32}");
  private static final Pattern BEFORE = Pattern.compile("[A-Za-z0-9._~-]{1,100}");
  private static final Pattern LIMIT = Pattern.compile("[0-9]{1,4}");

  private final NodeView view;
  private final IndexReads reads;

  MessagesHandler(NodeView view, IndexReads reads) {
    this.view = view;
    this.reads = reads;
  }

  @Override
  public String path() {
    return "/v1/messages";
  }

  @Override
  public Set<String> parameters() {
    return Set.of("tx", "sender", "state", "stream", "limit", "before");
  }

  @Override
  public void handle(Exchange exchange) {
    Parameters parameters = exchange.parameters();
    Optional<MessageState> state = parameters.optional("state", STATES_REMEDY, MessageState::parse);
    MessageQuery query = query(parameters, state);
    if (exchange.checkParameters()) {
      reads.read(
          exchange,
          () -> view.messages().search(query),
          page -> exchange.sendJson(json(page, state)));
    }
  }

  private static MessageQuery query(Parameters parameters, Optional<MessageState> state) {
    return new MessageQuery(
        parameters.optional(
            "stream", StreamHandler.STREAM_REMEDY, text -> Optional.of(StreamId.parse(text))),
        parameters.optional(
            "tx",
            "write a transaction's hash: 0x and 64 hex digits",
            text -> Optional.of(Hash32.fromHex(text))),
        parameters.optional(
            "sender",
            "write an account: 0x and its hex digits",
            matching(ACCOUNT, Bytes::fromHexString)),
        state.map(MessageState::stage),
        parameters.optional("before", BEFORE_REMEDY, matching(BEFORE, text -> text)),
        parameters
            .optional(
                "limit",
                "write a number from 1 to " + ApiLimits.PAGE_ROWS_MAX,
                text ->
                    matching(LIMIT, Integer::valueOf).apply(text).filter(MessagesHandler::isLimit))
            .orElse(ApiLimits.PAGE_ROWS));
  }

  private static boolean isLimit(int limit) {
    return limit >= 1 && limit <= ApiLimits.PAGE_ROWS_MAX;
  }

  private static <T> Function<String, Optional<T>> matching(
      Pattern pattern, Function<String, T> read) {
    return text ->
        pattern.matcher(text).matches() ? Optional.of(read.apply(text)) : Optional.empty();
  }

  /**
   * The index knows stages only: executed, failed and expired, which share one, are told apart
   * here.
   */
  private JsonObject json(MessageIndex.Page page, Optional<MessageState> state) {
    JsonArray rows = new JsonArray();
    for (MessageRecord message : page.messages()) {
      if (state.isEmpty() || state.get() == MessageState.of(message)) {
        rows.add(MessageJson.of(message, view.waitsOn(message)));
      }
    }
    JsonObject json = new JsonObject().put("messages", rows);
    page.next().ifPresent(next -> json.put("next", next));
    return json;
  }
}
