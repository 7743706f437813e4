package dev.mallard.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final List<String> GUARDED =
      List.of(
          "/v1/status",
          "/v1/messages",
          "/v1/peers",
          "/health/ready",
          "/metrics",
          "/openapi.yaml",
          "/nonsense");

  @TempDir private Path folder = Path.of("");

  private RestFixture start(String host) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    return new RestFixture(ApiLimits.defaults(), host, Optional.of(file));
  }

  @Test
  void anOpenAddressWithoutATokenDoesNotStart() {
    IOException refused =
        assertThrows(
            IOException.class,
            () -> new RestFixture(ApiLimits.defaults(), "0.0.0.0", Optional.empty()));
    assertTrue(String.valueOf(refused.getMessage()).contains("api.token-file"));
  }

  @Test
  void everythingButLivenessNeedsTheToken() throws Exception {
    try (RestFixture rest = start("0.0.0.0")) {
      for (String target : GUARDED) {
        HttpResponse<String> response = rest.get(target);
        assertEquals(401, response.statusCode(), target);
        assertTrue(
            response.headers().firstValue("WWW-Authenticate").orElseThrow().startsWith("Bearer"));
        assertFalse(response.body().contains(TOKEN));
      }
      assertEquals(200, rest.get("/health/live").statusCode());
      assertEquals(200, rest.get("/v1/status", "Authorization", "Bearer " + TOKEN).statusCode());
      assertEquals(200, rest.get("/v1/status", "Authorization", "bearer " + TOKEN).statusCode());
    }
  }

  @Test
  void aTokenThatIsNearlyRightIsWrong() throws Exception {
    try (RestFixture rest = start("127.0.0.1")) {
      for (String header :
          List.of(
              "Bearer " + TOKEN + "0",
              "Bearer " + TOKEN.substring(1),
              "Bearer",
              "Bearer ",
              TOKEN,
              "Basic " + TOKEN,
              "Bearer " + TOKEN.replace('f', 'F'))) {
        assertEquals(401, rest.get("/v1/status", "Authorization", header).statusCode(), header);
      }
    }
  }

  @Test
  void aPortThatIsTakenIsAnErrorWithARemedy() throws Exception {
    try (RestFixture rest = new RestFixture()) {
      var taken = new dev.mallard.config.NodeConfig.Api("127.0.0.1", rest.port(), Optional.empty());
      ApiServer second = new ApiServer(rest.vertx(), taken, rest.view(), () -> "");
      IOException refused =
          assertThrows(IOException.class, () -> RestFixture.within(second.start()));
      assertTrue(String.valueOf(refused.getMessage()).contains("api.port " + rest.port()));
      RestFixture.within(second.close());
    }
  }
}
