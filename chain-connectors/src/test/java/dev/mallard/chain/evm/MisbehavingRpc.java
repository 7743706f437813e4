package dev.mallard.chain.evm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A JSON-RPC server in front of a real chain, with faults to switch on. */
final class MisbehavingRpc implements AutoCloseable {
  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<@Nullable RuntimeException> failedLie = new AtomicReference<>();
  private final AtomicLong requests = new AtomicLong();
  private final HttpServer server;
  private final URI target;
  private volatile Fault fault = Fault.NONE;
  private volatile Lie lie = (method, params, answer) -> {};

  /** What goes wrong with whole requests. */
  enum Fault {
    NONE,
    STATUS_500,
    NO_JSON,
    /** Truncated in the middle, with the full length promised. */
    CUT,
    CLOSED_SOCKET,
    /** The chain gets the request, the caller no answer. */
    ANSWER_LOST,
    SILENCE,
    /** One byte now and then, for ever. */
    TRICKLE,
    /** More than any limit. */
    ENDLESS,
    /** Valid JSON that is no answer. */
    OTHER_JSON
  }

  /** Changes single answers. */
  @FunctionalInterface
  interface Lie {
    /** Changes the first log of each answer that has one. */
    static Lie aboutFirstLog(java.util.function.Consumer<ObjectNode> change) {
      return (method, params, answer) -> {
        if (method.equals("eth_getLogs") && !answer.get("result").isEmpty()) {
          change.accept((ObjectNode) answer.get("result").get(0));
        }
      };
    }

    /** {@code answer} is the JSON-RPC answer with its {@code result}. */
    void tell(String method, JsonNode params, ObjectNode answer);
  }

  private MisbehavingRpc(URI target) throws IOException {
    this.target = target;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setExecutor(executor);
    server.createContext("/", this::handle);
    server.start();
  }

  static MisbehavingRpc before(Anvil anvil) throws IOException {
    return new MisbehavingRpc(anvil.url());
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void with(Fault now) {
    fault = now;
  }

  void with(Lie now) {
    lie = now;
  }

  void honest() {
    fault = Fault.NONE;
    lie = (method, params, answer) -> {};
  }

  long requests() {
    return requests.get();
  }

  /** A lie that fails would look like a closed socket: it fails the test instead. */
  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
    http.shutdownNow();
    RuntimeException bug = failedLie.get();
    if (bug != null) {
      throw new AssertionError("a lie failed", bug);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    byte[] request = exchange.getRequestBody().readAllBytes();
    try (exchange) {
      switch (fault) {
        case NONE -> reply(exchange, relay(request));
        case STATUS_500 -> {
          exchange.sendResponseHeaders(500, 2);
          exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
        }
        case NO_JSON -> reply(exchange, bytes("<html>Bad Gateway</html>"));
        case OTHER_JSON -> reply(exchange, bytes("{\"result\":[[[[{\"id\":-1}]]]],\"id\":77}"));
        case CUT -> {
          byte[] answer = relay(request);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer, 0, answer.length / 2);
          exchange.getResponseBody().flush();
        }
        case CLOSED_SOCKET -> {}
        case ANSWER_LOST -> relay(request);
        case SILENCE -> LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
        case TRICKLE -> pour(exchange, 1, TimeUnit.MILLISECONDS.toNanos(50));
        case ENDLESS -> pour(exchange, 1 << 16, 0);
      }
    }
  }

  private static void pour(HttpExchange exchange, int bytes, long pauseNanos) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    byte[] spaces = " ".repeat(bytes).getBytes(StandardCharsets.UTF_8);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (System.nanoTime() < end) {
      out.write(spaces);
      out.flush();
      LockSupport.parkNanos(pauseNanos);
    }
  }

  private byte[] relay(byte[] request) throws IOException {
    try {
      HttpRequest onwards =
          HttpRequest.newBuilder(target)
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(request))
              .build();
      byte[] answer = http.send(onwards, HttpResponse.BodyHandlers.ofByteArray()).body();
      return json.writeValueAsBytes(lied(json.readTree(request), json.readTree(answer)));
    } catch (RuntimeException e) {
      failedLie.set(e);
      throw e;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private JsonNode lied(JsonNode request, JsonNode answer) {
    if (!request.isArray()) {
      lie.tell(request.get("method").stringValue(), request.get("params"), (ObjectNode) answer);
      return answer;
    }
    for (JsonNode one : answer) {
      JsonNode call = request.get(one.get("id").intValue());
      lie.tell(call.get("method").stringValue(), call.get("params"), (ObjectNode) one);
    }
    return answer;
  }

  private static void reply(HttpExchange exchange, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
