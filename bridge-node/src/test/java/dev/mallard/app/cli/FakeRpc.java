package dev.mallard.app.cli;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A chain's RPC of few words. */
final class FakeRpc implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Object> answers = new ConcurrentHashMap<>();

  FakeRpc(long chainId, long headSeconds) throws IOException {
    JsonObject block =
        new JsonObject()
            .put("number", "0x10")
            .put("timestamp", "0x" + Long.toHexString(headSeconds));
    answers.put("eth_chainId", "0x" + Long.toHexString(chainId));
    answers.put("eth_getBlockByNumber", block);
    answers.put("eth_getCode", "0x60");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String request =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String method = new JsonObject(request).getString("method");
          byte[] answer =
              new JsonObject()
                  .put("result", answers.get(method))
                  .encode()
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  void answer(String method, Object result) {
    answers.put(method, result);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
