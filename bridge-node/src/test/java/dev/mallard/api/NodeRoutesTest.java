package dev.mallard.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class NodeRoutesTest {
  @SuppressWarnings("NullAway.Init")
  private RestFixture rest;

  @BeforeEach
  void start() throws IOException {
    rest = new RestFixture();
  }

  @AfterEach
  void stop() throws IOException {
    rest.close();
  }

  @Test
  void statusTellsWhoWhatAndHowFar() throws Exception {
    JsonObject status = rest.json("/v1/status");
    assertEquals("1/0", status.getJsonObject("node").getString("id"));
    assertEquals("40", status.getJsonObject("node").getString("stake"));
    assertEquals(96, status.getJsonObject("chain").getJsonObject("finalized").getLong("number"));
    assertTrue(status.getJsonObject("chain").getJsonObject("latest").getLong("ageSeconds") > 0);
    JsonObject out = status.getJsonArray("streams").getJsonObject(0);
    assertEquals(9, out.getLong("frontier"));
    assertEquals(3, out.getLong("lagBundles"));
    assertEquals(2, out.getLong("inFlight"));
    JsonObject in = status.getJsonArray("streams").getJsonObject(1);
    assertEquals(6, in.getLong("frontier"));
    assertEquals(2, in.getLong("lagBundles"));
    assertEquals(true, status.getBoolean("ready"));
  }

  @Test
  void statusIsATableForWhoAsksForText() throws Exception {
    rest.view().becomeSick();
    HttpResponse<String> response = rest.get("/v1/status", "Accept", "text/plain");
    assertEquals(
        "text/plain; charset=utf-8", response.headers().firstValue("Content-Type").orElseThrow());
    String text = response.body();
    assertTrue(text.contains("NOT READY"), text);
    assertTrue(text.contains("1-2 out"), text);
    assertTrue(text.contains("-> look at the chain's RPC"), text);
    assertTrue(text.contains("75.0 %"), text);
  }

  @Test
  void aClientThatWantsNeitherIsToldWhatThereIs() throws Exception {
    HttpResponse<String> response = rest.get("/v1/status", "Accept", "image/png");
    assertEquals(406, response.statusCode());
    assertTrue(response.body().contains("application/json or text/plain"), response.body());
    assertEquals(200, rest.get("/v1/status", "Accept", "image/png, */*;q=0.1").statusCode());
  }

  @Test
  void readinessNamesEveryReasonWithItsRemedy() throws Exception {
    assertEquals(200, rest.get("/health/ready").statusCode());
    rest.view().becomeSick();
    HttpResponse<String> response = rest.get("/health/ready");
    assertEquals(503, response.statusCode());
    JsonArray reasons = new JsonObject(response.body()).getJsonArray("reasons");
    assertEquals(1, reasons.size());
    assertEquals("chain", reasons.getJsonObject(0).getString("component"));
    assertEquals("look at the chain's RPC", reasons.getJsonObject(0).getString("remedy"));
    assertEquals(200, rest.get("/health/live").statusCode(), "a sick node is still alive");
  }

  @Test
  void peersTellTheConnectedStakeOfEachSide() throws Exception {
    JsonObject peers = rest.json("/v1/peers");
    JsonObject local = peers.getJsonArray("sides").getJsonObject(0);
    assertEquals("75", local.getString("connectedStake"), "40 of its own and 35 of 1/1");
    assertEquals("100", local.getString("stake"));
    assertEquals(0.75, local.getDouble("connectedShare"));
    assertEquals(1.0, peers.getJsonArray("sides").getJsonObject(1).getDouble("connectedShare"));
    JsonObject away = peers.getJsonArray("peers").getJsonObject(1);
    assertFalse(away.containsKey("lastSeenAt"));
    assertEquals(3, away.getJsonObject("faults").getLong("BAD_FRAME"));
    assertEquals(3, away.getLong("faultsTotal"));
  }

  @Test
  void headAnswersAsGetWithoutABody() throws Exception {
    HttpResponse<String> head = rest.request("HEAD", "/v1/streams");
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
    assertEquals(
        rest.get("/v1/streams").headers().firstValue("Content-Length"),
        head.headers().firstValue("Content-Length"));
  }

  @Test
  void aFaultOfTheNodeIsAProblemWithoutItsInside() throws Exception {
    rest.view().becomeFaulty();
    HttpResponse<String> response = rest.get("/v1/status");
    assertEquals(500, response.statusCode());
    assertEquals("urn:mallard:problem:internal", new JsonObject(response.body()).getString("type"));
    assertFalse(response.body().contains("secret"), response.body());
    assertFalse(response.body().contains("Exception"), response.body());
  }
}
