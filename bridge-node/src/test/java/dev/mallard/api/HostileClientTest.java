package dev.mallard.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.store.MessageStage;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("G-4")
final class HostileClientTest {
  private static final String HOST = "Host: 127.0.0.1\r\n";

  /** With small limits, so that a test reaches them soon. */
  private static RestFixture tight() throws IOException {
    return new RestFixture(
        new ApiLimits(8, 1, 2_048, 8_192, 20, 40, 16, 4, 2), "127.0.0.1", Optional.empty());
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.substring(9, 12));
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../etc/passwd",
        "/v1/../../etc/passwd",
        "/v1/messages/../../../etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/v1/messages/..%2f..%2fetc%2fpasswd",
        "/nonsense",
        "/v1",
        "/v1/messages/1-2-3/x",
        "//",
        "/%2e%2e/"
      })
  void pathsThatLeadElsewhereLeadNowhere(String target) throws Exception {
    try (RestFixture rest = tight()) {
      String answer =
          rest.raw("GET " + target + " HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
      assertTrue(status(answer) == 404 || status(answer) == 400, answer);
      assertFalse(new JsonObject(body(answer)).getString("remedy").isBlank(), answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"})
  void everythingIsReadOnly(String method) throws Exception {
    try (RestFixture rest = tight()) {
      String answer =
          rest.raw(method + " /v1/status HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
      assertEquals(405, status(answer), answer);
      assertTrue(answer.toLowerCase(java.util.Locale.ROOT).contains("allow: get, head"), answer);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\n\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "Content-Length: 99999999999\r\n\r\n"
      })
  void noBodyIsTaken(String rest) throws Exception {
    try (RestFixture server = tight()) {
      String answer = server.raw("GET /v1/status HTTP/1.1\r\n" + HOST + rest);
      assertEquals(413, status(answer), answer);
    }
  }

  @Test
  void hugeUrlsAndHeadersAreRefused() throws Exception {
    try (RestFixture rest = tight()) {
      String url =
          rest.raw("GET /v1/messages/" + "1".repeat(5_000) + " HTTP/1.1\r\n" + HOST + "\r\n");
      assertEquals(414, status(url), url);
      String header =
          rest.raw("GET /v1/status HTTP/1.1\r\n" + HOST + "X: " + "y".repeat(20_000) + "\r\n\r\n");
      assertEquals(431, status(header), header);
      assertTrue(header.contains("application/problem+json"), header);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n\r\n",
        "GET /v1/status\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "\u0016\u0003\u0001\u0002\r\n\r\n"
      })
  void whatIsNoHttpIsRefusedOrCutOff(String bytes) throws Exception {
    try (RestFixture rest = tight()) {
      String answer = rest.raw(bytes);
      assertTrue(answer.isEmpty() || status(answer) >= 400, answer);
      assertEquals(200, rest.get("/health/live").statusCode(), "the server goes on");
    }
  }

  @Test
  void aClientThatTricklesBytesIsCutOff() throws Exception {
    try (RestFixture rest = tight();
        Socket slow = rest.connect()) {
      byte[] start =
          ("GET /v1/status HTTP/1.1\r\n" + HOST + "X: ").getBytes(StandardCharsets.ISO_8859_1);
      slow.getOutputStream().write(start);
      slow.setSoTimeout(100);
      assertTrue(isClosedWithin(slow, 100), "still open after 10 s of trickling");
    }
  }

  /** Writes a byte ten times a second until the other side hangs up. */
  private static boolean isClosedWithin(Socket slow, int bytes) {
    for (int i = 0; i < bytes; i++) {
      try {
        slow.getOutputStream().write('y');
        if (slow.getInputStream().read() < 0) {
          return true;
        }
      } catch (java.net.SocketTimeoutException stillOpen) {
        Thread.onSpinWait();
      } catch (IOException reset) {
        return true;
      }
    }
    return false;
  }

  @Test
  void connectionsBeyondTheLimitAreClosedAndPlacesBecomeFreeAgain() throws Exception {
    try (RestFixture rest = tight()) {
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Socket socket = rest.connect();
        sockets.add(socket);
        socket
            .getOutputStream()
            .write(
                ("GET /health/live HTTP/1.1\r\n" + HOST + "\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(socket.getInputStream().read() > 0);
      }
      try (Socket oneTooMany = rest.connect()) {
        assertEquals(-1, readOrEnd(oneTooMany));
      }
      for (Socket socket : sockets) {
        socket.close();
      }
      assertTrue(isServedSoon(rest));
    }
  }

  private static int readOrEnd(Socket socket) {
    try {
      return socket.getInputStream().read();
    } catch (IOException reset) {
      return -1;
    }
  }

  private static boolean isServedSoon(RestFixture rest) throws InterruptedException {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (System.nanoTime() - deadline < 0) {
      try {
        return rest.get("/health/live").statusCode() == 200;
      } catch (IOException notYet) {
        Thread.onSpinWait();
      }
    }
    return false;
  }

  @Test
  void aClientThatAsksTooFastIsToldWhenToComeBack() throws Exception {
    try (RestFixture rest = tight()) {
      Optional<HttpResponse<String>> refused = Optional.empty();
      for (int i = 0; i < 2_000 && refused.isEmpty(); i++) {
        HttpResponse<String> response = rest.get("/v1/streams");
        refused = Optional.of(response).filter(r -> r.statusCode() == 429);
      }
      assertEquals("1", refused.orElseThrow().headers().firstValue("Retry-After").orElseThrow());
      assertEquals(200, rest.get("/health/live").statusCode(), "probes are not limited");
    }
  }

  @Test
  void slowReadsNeitherPileUpNorHoldTheRestBack() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    try (RestFixture rest = tight();
        ExecutorService clients = Executors.newFixedThreadPool(6)) {
      rest.view().index().add(FakeNodeView.OUT, 1, MessageStage.SENT, Optional.empty());
      rest.view().index().holdReads(latch);
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        answers.add(clients.submit(() -> rest.get("/v1/messages").statusCode()));
      }
      long deadline = System.nanoTime() + 10_000_000_000L;
      while (answers.stream().filter(Future::isDone).count() < 2
          && System.nanoTime() - deadline < 0) {
        assertEquals(200, rest.get("/health/live").statusCode(), "the event loop is free");
      }
      latch.countDown();
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> answer : answers) {
        statuses.add(answer.get());
      }
      statuses.sort(null);
      assertEquals(List.of(200, 200, 200, 200, 503, 503), statuses);
    }
  }

  @Test
  void answersCannotBeUsedByWebPages() throws Exception {
    try (RestFixture rest = tight()) {
      HttpResponse<String> response = rest.get("/v1/status", "Origin", "https://evil.example");
      assertEquals(Optional.empty(), response.headers().firstValue("Access-Control-Allow-Origin"));
      assertEquals(
          "nosniff", response.headers().firstValue("X-Content-Type-Options").orElseThrow());
      assertTrue(
          response
              .headers()
              .firstValue("Content-Security-Policy")
              .orElseThrow()
              .startsWith("default-src 'none'"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example\r\n",
        "Host: 127.0.0.1.evil.example\r\n",
        "Host: 10.0.0.1:80\r\n",
        "",
        "Host: \r\n"
      })
  void aLoopbackServerAnswersLoopbackNamesOnly(String host) throws Exception {
    try (RestFixture rest = tight()) {
      String answer = rest.raw("GET /v1/status HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");
      assertTrue(status(answer) == 421 || status(answer) == 400, answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1:99", "[::1]:80"})
  void loopbackNamesAreServed(String host) throws Exception {
    try (RestFixture rest = tight()) {
      String answer =
          rest.raw("GET /v1/status HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
      assertEquals(200, status(answer), answer);
    }
  }
}
