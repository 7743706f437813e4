package dev.mallard.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * One request and its answer.
 *
 * @param pathText what stands for the path's placeholder, decoded; empty if there is none
 * @param mediaType what the client wants of the operation's
 */
record Exchange(
    HttpServerRequest request, Parameters parameters, String pathText, String mediaType) {

  void sendJson(JsonObject json) {
    send(request, 200, Operation.JSON, json.encode());
  }

  void sendText(String contentType, String text) {
    send(request, 200, contentType, text);
  }

  void sendProblem(Problem problem) {
    sendProblem(request, problem);
  }

  /** Whether all parameters are good; if not, the problem has been sent. */
  boolean checkParameters() {
    if (parameters.mistakes().isEmpty()) {
      return true;
    }
    sendProblem(Problem.badParameters(parameters.mistakes()));
    return false;
  }

  static void sendProblem(HttpServerRequest request, Problem problem) {
    HttpServerResponse response = request.response();
    if (response.headWritten() || response.closed()) {
      request.connection().close();
      return;
    }
    problem
        .retryAfterSeconds()
        .ifPresent(seconds -> response.putHeader("Retry-After", Integer.toString(seconds)));
    if (problem.status() == 401) {
      response.putHeader("WWW-Authenticate", "Bearer realm=\"mallard\"");
    }
    if (problem.status() == 405) {
      response.putHeader("Allow", "GET, HEAD");
    }
    send(request, problem.status(), Problem.MEDIA_TYPE, problem.toJson().encode());
  }

  private static void send(HttpServerRequest request, int status, String type, String text) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    SecurityHeaders.addTo(response);
    response
        .setStatusCode(status)
        .putHeader("Content-Type", type)
        .putHeader("Content-Length", Integer.toString(body.length));
    if (HttpMethod.HEAD.equals(request.method())) {
      response.end();
    } else {
      response.end(Buffer.buffer(body));
    }
  }
}
