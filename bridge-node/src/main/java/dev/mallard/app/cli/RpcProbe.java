package dev.mallard.app.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Asks one RPC URL by itself, without the connector's fail-over, so that each URL is judged. */
final class RpcProbe implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int ANSWER_BYTES_MAX = 8 << 20;

  private final URI url;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  RpcProbe(URI url) {
    this.url = url;
  }

  /** Without user, path and query, where credentials are. */
  String name() {
    return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }

  long chainId() throws IOException, InterruptedException {
    return number(call("eth_chainId", List.of()));
  }

  /**
   * A block's number and time.
   *
   * @param tag {@code latest} or {@code finalized}
   */
  Optional<Block> block(String tag) throws IOException, InterruptedException {
    Object answer = call("eth_getBlockByNumber", List.of(tag, false));
    return answer instanceof JsonObject block
        ? Optional.of(
            new Block(number(block.getValue("number")), number(block.getValue("timestamp"))))
        : Optional.empty();
  }

  /** A block as far as a check looks at it. */
  record Block(long number, long timestampSeconds) {}

  boolean hasCode(String address) throws IOException, InterruptedException {
    return String.valueOf(call("eth_getCode", List.of(address, "latest"))).length() > 2;
  }

  private static long number(Object value) throws IOException {
    try {
      return Long.decode(String.valueOf(value));
    } catch (NumberFormatException notOne) {
      throw new IOException("it answers something that is no number", notOne);
    }
  }

  private Object call(String method, List<Object> params) throws IOException, InterruptedException {
    JsonObject request =
        new JsonObject()
            .put("jsonrpc", "2.0")
            .put("id", 1)
            .put("method", method)
            .put("params", new JsonArray(params));
    HttpResponse<byte[]> response =
        http.send(
            post(request.encode()),
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
    if (response.statusCode() != 200) {
      throw new IOException(method + ": HTTP status " + response.statusCode());
    }
    return result(method, response.body());
  }

  private HttpRequest post(String body) throws IOException {
    URI bare =
        URI.create(
            url.toString().replace(Optional.ofNullable(url.getRawUserInfo()).orElse("") + "@", ""));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.getRawUserInfo() == null ? url : bare)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (url.getUserInfo() != null) {
      byte[] credentials = url.getUserInfo().getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }
    return request.build();
  }

  private static Object result(String method, byte[] body) throws IOException {
    try {
      JsonObject answer = new JsonObject(new String(body, StandardCharsets.UTF_8));
      if (answer.containsKey("error")) {
        throw new IOException(method + " is refused: " + answer.getValue("error"));
      }
      return Optional.ofNullable(answer.getValue("result")).orElse("");
    } catch (DecodeException garbage) {
      throw new IOException(method + ": it answers something that is no JSON", garbage);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
