package dev.mallard.api;

import dev.mallard.api.NodeStatus.Health;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.OptionalInt;

/**
 * Why a request is not answered: an RFC 9457 problem detail. Says nothing of the node's insides.
 *
 * @param kind ends the type URN
 * @param retryAfterSeconds for a client that may try again
 */
record Problem(
    int status,
    String kind,
    String title,
    String detail,
    String remedy,
    List<Parameters.Mistake> errors,
    List<Health> reasons,
    OptionalInt retryAfterSeconds) {

  static final String MEDIA_TYPE = "application/problem+json";

  private static Problem of(int status, String kind, String title, String detail, String remedy) {
    return new Problem(
        status, kind, title, detail, remedy, List.of(), List.of(), OptionalInt.empty());
  }

  private Problem retryAfter(int seconds) {
    return new Problem(
        status, kind, title, detail, remedy, errors, reasons, OptionalInt.of(seconds));
  }

  static Problem badParameters(List<Parameters.Mistake> errors) {
    String detail =
        errors.size() == 1
            ? "Parameter " + errors.getFirst().parameter() + " is wrong."
            : errors.size() + " parameters are wrong.";
    return new Problem(
        400,
        "bad-parameter",
        "Bad parameter",
        detail,
        errors.getFirst().remedy(),
        errors,
        List.of(),
        OptionalInt.empty());
  }

  static Problem badRequest() {
    return of(
        400,
        "bad-request",
        "Bad request",
        "This is no HTTP request that can be read.",
        "Send a well-formed HTTP/1.1 GET request.");
  }

  static Problem unauthorized() {
    return of(
        401,
        "unauthorized",
        "Token required",
        "The token is missing or wrong.",
        "Send the header Authorization: Bearer TOKEN with the token of this node's api.token-file.");
  }

  static Problem noSuchPath() {
    return of(
        404,
        "no-such-path",
        "No such path",
        "Nothing is served here.",
        "See /openapi.yaml for what is.");
  }

  static Problem noSuchStream(List<String> known) {
    return of(
        404,
        "no-such-stream",
        "No such stream",
        "This node does not serve that stream.",
        "Its streams are " + String.join(", ", known) + ".");
  }

  static Problem noSuchMessage() {
    return of(
        404,
        "no-such-message",
        "No such message",
        "This node does not know that message: it was not sent yet, or is so old that it is not kept.",
        "Check the id; ask again after a few blocks, or ask a node of the other chain.");
  }

  static Problem wrongMethod() {
    return of(
        405,
        "wrong-method",
        "Method not allowed",
        "Everything here is read-only.",
        "Use GET or HEAD.");
  }

  static Problem notAcceptable(List<String> offered) {
    return of(
        406,
        "not-acceptable",
        "Not acceptable",
        "The Accept header excludes what is served here.",
        "Accept " + String.join(" or ", offered) + ".");
  }

  static Problem bodyRefused() {
    return of(
        413,
        "body-refused",
        "No bodies",
        "The request carries a body.",
        "Send none: everything here is read-only.");
  }

  static Problem tooLong(int status) {
    return of(
        status,
        "too-long",
        status == 414 ? "URI too long" : "Headers too long",
        "The request line or the headers are longer than the limit.",
        "Shorten them; see the limits in /openapi.yaml.");
  }

  static Problem foreignHost() {
    return of(
        421,
        "foreign-host",
        "Foreign host",
        "The Host header names another host.",
        "Use http://localhost:PORT or http://127.0.0.1:PORT; other names are refused so that web pages cannot read this node by DNS rebinding.");
  }

  static Problem tooFast() {
    return of(
            429,
            "too-fast",
            "Too many requests",
            "This address asks more often than the limit.",
            "Wait, then ask less often; see the limits in /openapi.yaml.")
        .retryAfter(1);
  }

  static Problem internal() {
    return of(
        500,
        "internal",
        "Fault of the node",
        "The node could not answer because of a fault of its own.",
        "Look into the node's log at this time and report it.");
  }

  static Problem indexUnreadable() {
    return of(
        500,
        "index-unreadable",
        "Message index unreadable",
        "The index of messages could not be read from disk.",
        "Look at the component store in /v1/status and into the node's log; traffic does not depend on the index.");
  }

  static Problem busy() {
    return of(503, "busy", "Too busy", "Too many reads are waiting.", "Ask again in a second.")
        .retryAfter(1);
  }

  static Problem notReady(List<Health> reasons) {
    return new Problem(
        503,
        "not-ready",
        "Not ready",
        reasons.size() == 1
            ? reasons.getFirst().component() + ": " + reasons.getFirst().detail()
            : reasons.size() + " things stand in the way.",
        reasons.getFirst().remedy(),
        List.of(),
        reasons,
        OptionalInt.of(5));
  }

  JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("type", "urn:mallard:problem:" + kind)
            .put("title", title)
            .put("status", status)
            .put("detail", detail)
            .put("remedy", remedy);
    if (!errors.isEmpty()) {
      JsonArray rows = new JsonArray();
      errors.forEach(e ->
          rows.add(new JsonObject().put("parameter", e.parameter()).put("remedy", e.remedy())));
      json.put("errors", rows);
    }
    if (!reasons.isEmpty()) {
      JsonArray rows = new JsonArray();
      reasons.forEach(reason -> rows.add(StatusJson.health(reason)));
      json.put("reasons", rows);
    }
    return json;
  }
}
