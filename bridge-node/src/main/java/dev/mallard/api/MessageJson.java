package dev.mallard.api;

import dev.mallard.chain.OutboxEntry;
import dev.mallard.store.MessageRecord;
import dev.mallard.store.MessageStage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;

/** A message as the document's schema {@code Message} says. */
final class MessageJson {
  private MessageJson() {}

  static JsonObject of(MessageRecord message, String waitsOn) {
    JsonObject json =
        new JsonObject()
            .put("id", message.id())
            .put("stream", message.stream().toString())
            .put("index", message.index())
            .put("state", MessageState.of(message).word());
    message.outcome().ifPresent(o -> json.put("outcome", o.name().toLowerCase(Locale.ROOT)));
    if (!waitsOn.isEmpty()) {
      json.put("waitsOn", waitsOn);
    }
    json.put("stages", stages(message))
        .put("bundle", message.sequence())
        .put("sender", message.sender().toHexString())
        .put("recipient", message.recipient().toHexString())
        .put("wantsReceipt", (message.flags() & OutboxEntry.RECEIPT) != 0)
        .put("isSystem", (message.flags() & OutboxEntry.SYSTEM) != 0);
    if (message.deadlineSeconds() != 0) {
      json.put("deadlineAt", Times.ofSeconds(message.deadlineSeconds()));
    }
    json.put("payloadBytes", message.payloadBytes());
    message.sourceTransaction().ifPresent(tx -> json.put("sourceTransaction", tx.toHex()));
    message.deliveryTransaction().ifPresent(tx -> json.put("deliveryTransaction", tx.toHex()));
    message.receiptTransaction().ifPresent(tx -> json.put("receiptTransaction", tx.toHex()));
    return json;
  }

  private static JsonArray stages(MessageRecord message) {
    JsonArray rows = new JsonArray();
    for (MessageStage stage : MessageStage.values()) {
      Long millis = message.times().get(stage);
      if (millis != null) {
        rows.add(
            new JsonObject()
                .put("stage", stage.name().toLowerCase(Locale.ROOT))
                .put("at", Instant.ofEpochMilli(millis).toString())
                .put("millis", millis));
      }
    }
    return rows;
  }
}
