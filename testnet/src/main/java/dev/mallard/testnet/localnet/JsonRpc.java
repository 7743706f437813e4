package dev.mallard.testnet.localnet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The few plain JSON-RPC calls that starting a test chain needs. */
final class JsonRpc {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final URI url;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(TIMEOUT).version(HttpClient.Version.HTTP_1_1).build();

  JsonRpc(URI url) {
    this.url = url;
  }

  boolean answers(String method) {
    try {
      return post(method, "[]").contains("\"result\"");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Calls a method.
   *
   * @param params a JSON array
   * @return the answer's text
   */
  String call(String method, String params) throws StartFailedException {
    try {
      String answer = post(method, params);
      if (answer.contains("\"error\"")) {
        throw new StartFailedException(method + " at " + url + " was refused: " + answer);
      }
      return answer;
    } catch (IOException e) {
      throw new StartFailedException(method + " at " + url + " failed: " + e.getMessage(), e);
    }
  }

  private String post(String method, String params) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .header("content-type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""
                        + method
                        + "\",\"params\":"
                        + params
                        + "}"))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
