package dev.mallard.api;

import dev.mallard.config.NodeConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server on a free loopback port, with a fake node behind it and a client. */
final class RestFixture implements AutoCloseable {
  private static final int SECONDS_MAX = 20;

  private final FakeNodeView view = new FakeNodeView();
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(SECONDS_MAX)).build();
  private final ApiServer server;
  private final int port;

  RestFixture() throws IOException {
    this(ApiLimits.defaults(), "127.0.0.1", Optional.empty());
  }

  RestFixture(ApiLimits limits, String host, Optional<Path> tokenFile) throws IOException {
    NodeConfig.Api config = new NodeConfig.Api(host, 0, tokenFile);
    server = new ApiServer(vertx, config, limits, view, () -> "mallard_up 1\n");
    port = within(server.start());
  }

  /** The future's value within a deadline; its failure as an IOException. */
  static <T> T within(Future<T> future) throws IOException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new IOException(String.valueOf(failed.getCause()), failed);
    } catch (TimeoutException late) {
      throw new IOException("not done within " + SECONDS_MAX + " s", late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  FakeNodeView view() {
    return view;
  }

  Vertx vertx() {
    return vertx;
  }

  int port() {
    return port;
  }

  HttpResponse<String> get(String target, String... headers)
      throws IOException, InterruptedException {
    return request("GET", target, headers);
  }

  HttpResponse<String> request(String method, String target, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
            .timeout(Duration.ofSeconds(SECONDS_MAX))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  JsonObject json(String target) throws IOException, InterruptedException {
    HttpResponse<String> response = get(target);
    if (response.statusCode() != 200) {
      throw new AssertionError(
          target + " answers " + response.statusCode() + " " + response.body());
    }
    return new JsonObject(response.body());
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(SECONDS_MAX * 1_000);
    return socket;
  }

  /**
   * Sends bytes as they are and reads until the server closes; the connection should end by itself.
   */
  String raw(String text) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
    within(server.close());
    within(vertx.close());
  }
}
