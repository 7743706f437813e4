package dev.mallard.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.chain.Outcome;
import dev.mallard.store.MessageStage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageRoutesTest {
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

  private void add(long index, MessageStage last) {
    rest.view().index().add(FakeNodeView.OUT, index, last, Optional.empty());
  }

  private void addExecuted(long index, Outcome outcome) {
    rest.view().index().add(FakeNodeView.OUT, index, MessageStage.EXECUTED, Optional.of(outcome));
  }

  private String state(long index) throws IOException, InterruptedException {
    return rest.json("/v1/messages/1-2-" + index).getString("state");
  }

  @Test
  @Tag("G-7")
  void heldQuackedAndExecutedAreDifferentStates() throws Exception {
    add(1, MessageStage.HELD);
    add(2, MessageStage.QUACKED);
    addExecuted(3, Outcome.EXECUTED);
    assertEquals(List.of("held", "quacked", "executed"), List.of(state(1), state(2), state(3)));
    assertEquals(List.of("1-2-1"), ids(rest.json("/v1/messages?state=held")));
    assertEquals(List.of("1-2-2"), ids(rest.json("/v1/messages?state=quacked")));
    assertEquals(List.of("1-2-3"), ids(rest.json("/v1/messages?state=executed")));
  }

  @Test
  @Tag("G-7")
  void aStreamTellsHeldAndQuackedFromExecuted() throws Exception {
    JsonObject out = rest.json("/v1/streams/1-2").getJsonObject("sourceSide");
    assertEquals(9, out.getLong("quacked"));
    assertFalse(out.containsKey("executed"));
    JsonObject in = rest.json("/v1/streams/2-1").getJsonObject("destinationSide");
    assertEquals(7, in.getLong("held"));
    assertEquals(6, in.getLong("executed"));
    assertEquals(5, in.getLong("executedFinal"));
  }

  @Test
  void outcomesAreStatesOfTheirOwn() throws Exception {
    addExecuted(1, Outcome.EXECUTED);
    addExecuted(2, Outcome.FAILED);
    addExecuted(3, Outcome.EXPIRED);
    assertEquals(List.of("executed", "failed", "expired"), List.of(state(1), state(2), state(3)));
    assertEquals(List.of("1-2-2"), ids(rest.json("/v1/messages?state=failed")));
  }

  @Test
  void theLifeOfAMessageHasATimeForEachStageAndOnWhomItWaits() throws Exception {
    add(7, MessageStage.CROSSED);
    JsonObject message = rest.json("/v1/messages/1-2-7");
    JsonArray stages = message.getJsonArray("stages");
    assertEquals(4, stages.size());
    assertEquals("sent", stages.getJsonObject(0).getString("stage"));
    assertEquals("2023-11-14T22:13:20Z", stages.getJsonObject(0).getString("at"));
    assertEquals(1_700_000_000_000L, stages.getJsonObject(0).getLong("millis"));
    assertEquals("the next ack of 2/0", message.getString("waitsOn"));
    add(8, MessageStage.RECEIPT);
    assertFalse(rest.json("/v1/messages/1-2-8").containsKey("waitsOn"));
  }

  @Test
  void pagesFollowEachOtherNewestFirstUntilTheEnd() throws Exception {
    for (int index = 1; index <= 5; index++) {
      add(index, MessageStage.SENT);
    }
    List<String> seen = new ArrayList<>();
    String target = "/v1/messages?stream=1-2&limit=2";
    Optional<String> next = Optional.of("");
    while (next.isPresent()) {
      JsonObject page = rest.json(target + (next.get().isEmpty() ? "" : "&before=" + next.get()));
      assertTrue(page.getJsonArray("messages").size() <= 2);
      seen.addAll(ids(page));
      next = Optional.ofNullable(page.getString("next"));
    }
    assertEquals(List.of("1-2-5", "1-2-4", "1-2-3", "1-2-2", "1-2-1"), seen);
  }

  @Test
  void filtersRestrictTogether() throws Exception {
    add(1, MessageStage.SENT);
    String sender = FakeMessageIndex.SENDER.toHexString();
    String tx = FakeMessageIndex.TRANSACTION.toHex();
    assertEquals(1, ids(rest.json("/v1/messages?tx=" + tx + "&sender=" + sender)).size());
    assertEquals(0, ids(rest.json("/v1/messages?tx=" + tx + "&stream=2-1")).size());
    assertEquals(0, ids(rest.json("/v1/messages?sender=0xbb")).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/messages/1-2",
        "/v1/messages/1-2-0",
        "/v1/messages/1-1-1",
        "/v1/messages/1-2-9999999999999999999",
        "/v1/messages/01-2-3",
        "/v1/messages/x",
        "/v1/messages/-1--2--3",
        "/v1/messages/%00",
        "/v1/streams/1",
        "/v1/streams/1-1",
        "/v1/streams/a-b",
        "/v1/messages?limit=0",
        "/v1/messages?limit=201",
        "/v1/messages?limit=1e9",
        "/v1/messages?limit=",
        "/v1/messages?state=SENT",
        "/v1/messages?state=quack",
        "/v1/messages?tx=0x12",
        "/v1/messages?sender=12",
        "/v1/messages?sender=0x123",
        "/v1/messages?before=%2e%2e%2f",
        "/v1/messages?before=nonsense",
        "/v1/messages?nonsense=1",
        "/v1/messages?limit=1&limit=2",
        "/v1/status?x=1",
        "/v1/messages?stream=1"
      })
  void whatIsMalformedIsABadParameterWithARemedy(String target) throws Exception {
    HttpResponse<String> response = rest.get(target);
    assertEquals(400, response.statusCode(), response.body());
    assertEquals(
        "application/problem+json", response.headers().firstValue("Content-Type").orElseThrow());
    JsonObject problem = new JsonObject(response.body());
    assertEquals("urn:mallard:problem:bad-parameter", problem.getString("type"));
    assertFalse(problem.getString("remedy").isBlank());
  }

  @Test
  void allBadParametersAreNamedAtOnce() throws Exception {
    HttpResponse<String> response = rest.get("/v1/messages?limit=0&state=x&tx=1&nonsense=2");
    JsonArray errors = new JsonObject(response.body()).getJsonArray("errors");
    assertEquals(4, errors.size(), response.body());
  }

  @Test
  void whatIsUnknownIsNotFoundWithARemedy() throws Exception {
    assertEquals(404, rest.get("/v1/messages/1-2-5").statusCode());
    HttpResponse<String> stream = rest.get("/v1/streams/5-6");
    assertEquals(404, stream.statusCode());
    assertTrue(stream.body().contains("1-2, 2-1"), stream.body());
  }

  @Test
  void anIndexThatCannotBeReadIsAProblemThatTellsNothingOfTheInside() throws Exception {
    rest.view().index().breakDown();
    HttpResponse<String> response = rest.get("/v1/messages");
    assertEquals(500, response.statusCode());
    assertFalse(response.body().contains("secret"), response.body());
  }

  private static List<String> ids(JsonObject page) {
    return page.getJsonArray("messages").stream()
        .map(row -> ((JsonObject) row).getString("id"))
        .toList();
  }
}
