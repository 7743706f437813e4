package dev.mallard.testnet.localnet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The REST interface of one node, as its document {@code /openapi.yaml} says; empty while the node
 * is away.
 */
public final class NodeApi {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int OK = 200;
  private static final int PAGE = 200;
  private static final int PAGES_MAX = 20;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final String url;
  private final HttpClient http;

  /** The node at a base URL; the HTTP client may be shared. */
  public NodeApi(String url, HttpClient http) {
    this.url = url;
    this.http = http;
  }

  /** A client that suits many nodes on this machine. */
  public static HttpClient newHttpClient() {
    return HttpClient.newBuilder()
        .connectTimeout(TIMEOUT)
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }

  /** {@code /v1/status}. */
  public Optional<JsonNode> status() {
    return json("/v1/status");
  }

  /** The status as figures. */
  public Optional<NodeFigures> figures() {
    return status().map(NodeFigures::of);
  }

  /** What stands in the way of being ready, one line; empty if the node is ready. */
  public String unready() {
    Optional<HttpResponse<String>> answer = get("/health/ready");
    if (answer.isEmpty()) {
      return "does not answer";
    }
    if (answer.get().statusCode() == OK) {
      return "";
    }
    return parse(answer.get().body()).map(NodeApi::reasons).orElse("answers no JSON");
  }

  private static String reasons(JsonNode problem) {
    List<String> reasons = new ArrayList<>();
    for (JsonNode reason : problem.path("reasons")) {
      reasons.add(reason.path("component").asString() + ": " + reason.path("detail").asString());
    }
    return reasons.isEmpty()
        ? problem.path("detail").asString("not ready")
        : String.join("; ", reasons);
  }

  /** Whether the process answers at all. */
  public boolean isLive() {
    return get("/health/live").filter(answer -> answer.statusCode() == OK).isPresent();
  }

  /** Whether {@code /health/ready} says 200. */
  public boolean isReady() {
    return get("/health/ready").filter(answer -> answer.statusCode() == OK).isPresent();
  }

  /** {@code /v1/messages/{id}}; empty also if the node does not know it. */
  public Optional<JsonNode> message(String id) {
    return json("/v1/messages/" + id);
  }

  /** All messages of a stream that the node keeps, newest first. */
  public List<JsonNode> messages(String stream) {
    List<JsonNode> all = new ArrayList<>();
    String query = "/v1/messages?limit=" + PAGE + "&stream=" + stream;
    String next = "";
    for (int page = 0; page < PAGES_MAX; page++) {
      Optional<JsonNode> answer = json(next.isEmpty() ? query : query + "&before=" + next);
      if (answer.isEmpty()) {
        break;
      }
      answer.get().path("messages").forEach(all::add);
      next = answer.get().path("next").asString("");
      if (next.isEmpty()) {
        break;
      }
    }
    return all;
  }

  private Optional<JsonNode> json(String path) {
    return get(path)
        .filter(answer -> answer.statusCode() == OK)
        .flatMap(answer -> parse(answer.body()));
  }

  private static Optional<JsonNode> parse(String text) {
    try {
      return Optional.of(JSON.readTree(text));
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  private Optional<HttpResponse<String>> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(TIMEOUT)
            .header("accept", "application/json")
            .build();
    try {
      return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (IOException away) {
      return Optional.empty();
    }
  }
}
