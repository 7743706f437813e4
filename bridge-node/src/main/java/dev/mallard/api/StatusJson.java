package dev.mallard.api;

import dev.mallard.chain.BlockHead;
import dev.mallard.chain.ChainHealth;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A node as the document's schema {@code Status} says. */
final class StatusJson {
  private StatusJson() {}

  static JsonObject of(NodeStatus status, boolean isReady, long nowMillis) {
    JsonArray health = new JsonArray();
    status.health().forEach(row -> health.add(health(row)));
    return new JsonObject()
        .put("node", node(status.identity()))
        .put("version", status.version())
        .put("startedAt", Times.ofMillis(status.startedMillis()))
        .put("startedMillis", status.startedMillis())
        .put("uptimeSeconds", Math.max(0, nowMillis - status.startedMillis()) / 1_000)
        .put("ready", isReady)
        .put("chain", chain(status, nowMillis))
        .put("streams", StreamJson.all(status))
        .put("health", health);
  }

  private static JsonObject node(NodeStatus.Identity identity) {
    return new JsonObject()
        .put("id", identity.replica().toString())
        .put("rsm", identity.replica().rsm().value())
        .put("index", identity.replica().index())
        .put("key", identity.key().toHex())
        .put("stake", identity.stake().toString())
        .put("totalStake", identity.total().toString())
        .put("epoch", identity.epoch().number());
  }

  private static JsonObject chain(NodeStatus status, long nowMillis) {
    NodeStatus.Chain chain = status.chain();
    JsonObject json = new JsonObject().put("id", status.identity().replica().rsm().value());
    chain.latest().ifPresent(head -> json.put("latest", head(head, nowMillis)));
    chain.finalized().ifPresent(head -> json.put("finalized", head(head, nowMillis)));
    if (chain.seenMillis() != 0) {
      json.put("seenAt", Times.ofMillis(chain.seenMillis()))
          .put("seenMillis", chain.seenMillis())
          .put("seenSecondsAgo", Math.max(0, nowMillis - chain.seenMillis()) / 1_000);
    }
    JsonArray endpoints = new JsonArray();
    chain.health().endpoints().forEach(endpoint -> endpoints.add(endpoint(endpoint)));
    return json.put("suspectReads", chain.health().suspectReads()).put("endpoints", endpoints);
  }

  private static JsonObject endpoint(ChainHealth.Endpoint endpoint) {
    return new JsonObject()
        .put("url", endpoint.url())
        .put("active", endpoint.active())
        .put("failures", endpoint.failures())
        .put("lastError", endpoint.lastError());
  }

  private static JsonObject head(BlockHead head, long nowMillis) {
    return new JsonObject()
        .put("number", head.ref().number())
        .put("hash", head.ref().hash().toHex())
        .put("at", Times.ofSeconds(head.timestampSeconds()))
        .put("ageSeconds", ageSeconds(head, nowMillis));
  }

  /** By the chain's clock, which may be ahead of ours. */
  static long ageSeconds(BlockHead head, long nowMillis) {
    return Math.max(0, nowMillis / 1_000 - head.timestampSeconds());
  }

  static JsonObject health(NodeStatus.Health row) {
    return new JsonObject()
        .put("component", row.component())
        .put("ok", row.ok())
        .put("detail", row.detail())
        .put("remedy", row.remedy());
  }
}
