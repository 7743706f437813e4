package dev.mallard.chain.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.mallard.stake.RsmId;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Options that make no sense are refused; credentials go where they belong and nowhere else. */
final class EvmOptionsTest {
  private static EvmOptions options(List<URI> urls, Optional<URI> webSocket) {
    return new EvmOptions(
        new RsmId(1),
        urls,
        webSocket,
        TestBridge.OTHER_ADDRESS,
        TestBridge.OTHER_ADDRESS,
        0,
        Duration.ofSeconds(60),
        RpcLimits.DEFAULT,
        FeeOptions.DEFAULT);
  }

  private static String refusal(String url) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> options(List.of(URI.create(url)), Optional.empty()));
    return String.valueOf(e.getMessage());
  }

  @Test
  void urlsOfOtherKindsAreRefusedWithoutShowingTheirSecrets() {
    assertFalse(refusal("ftp://user:secret@host/key").contains("secret"));
    assertTrue(refusal("ws://host").contains("http:// or https://"));
    assertTrue(refusal("http:///path").contains("host"));
    URI http = URI.create("http://host");
    assertThrows(IllegalArgumentException.class, () -> options(List.of(http), Optional.of(http)));
    assertThrows(IllegalArgumentException.class, () -> options(List.of(), Optional.empty()));
    List<URI> many = Collections.nCopies(EvmOptions.RPC_URLS_MAX + 1, http);
    assertThrows(IllegalArgumentException.class, () -> options(many, Optional.empty()));
  }

  @Test
  void limitsThatContradictEachOtherAreRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThrows(
        IllegalArgumentException.class,
        () -> new RpcLimits(second, second.dividedBy(2), 1 << 20, second, second, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RpcLimits(second, second, 1 << 20, second, second.dividedBy(2), 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RpcLimits(second, second, 100, second, second, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new FeeOptions(BigInteger.TWO, BigInteger.ONE, BigInteger.TEN, 1, 1_000_000));
    assertThrows(
        IllegalArgumentException.class,
        () -> new FeeOptions(BigInteger.ONE, BigInteger.TWO, BigInteger.TEN, 0, 1_000_000));
  }

  @Test
  void userInfoBecomesBasicAuthentication() throws Exception {
    AtomicReference<String> header = new AtomicReference<>("");
    AtomicReference<String> path = new AtomicReference<>("");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
    server.createContext(
        "/",
        exchange -> {
          header.set(exchange.getRequestHeaders().getFirst("authorization"));
          path.set(exchange.getRequestURI().toString());
          byte[] body = "{\"id\":0,\"result\":\"0x1\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI url = URI.create("http://me:p%40ss@127.0.0.1:" + server.getAddress().getPort() + "/v3/k");
      RpcEndpoint endpoint = new RpcEndpoint(url, http, RpcLimits.DEFAULT);
      assertEquals(1, endpoint.ask(RpcCall.chainId()).object("the chain id").asNumber());
      String sent = header.get().substring("Basic ".length());
      assertEquals("me:p@ss", new String(Base64.getDecoder().decode(sent), StandardCharsets.UTF_8));
      assertEquals("/v3/k", path.get());
    } finally {
      server.stop(0);
    }
  }
}
