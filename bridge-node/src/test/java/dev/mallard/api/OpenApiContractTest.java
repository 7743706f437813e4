package dev.mallard.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.chain.Outcome;
import dev.mallard.store.MessageStage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What is served is what the document says: every path, every required field, every type. */
final class OpenApiContractTest {
  private static final Map<String, String> EXAMPLES =
      Map.ofEntries(
          Map.entry("status", "/v1/status"),
          Map.entry("streams", "/v1/streams"),
          Map.entry("stream", "/v1/streams/1-2"),
          Map.entry("message", "/v1/messages/1-2-1"),
          Map.entry("messages", "/v1/messages?limit=2"),
          Map.entry("peers", "/v1/peers"),
          Map.entry("live", "/health/live"),
          Map.entry("ready", "/health/ready"),
          Map.entry("metrics", "/metrics"),
          Map.entry("openapi", "/openapi.yaml"));

  @SuppressWarnings("NullAway.Init")
  private RestFixture rest;

  @SuppressWarnings("NullAway.Init")
  private OpenAPIContract contract;

  @BeforeEach
  void start() throws Exception {
    rest = new RestFixture();
    contract = RestFixture.within(OpenAPIContract.from(rest.vertx(), document()));
    for (int index = 1; index <= 3; index++) {
      rest.view()
          .index()
          .add(FakeNodeView.OUT, index, MessageStage.EXECUTED, Optional.of(Outcome.FAILED));
    }
  }

  /** The library knows few media types and refuses a document with others. */
  private static JsonObject document() {
    return new JsonObject(new Yaml().<Map<String, Object>>load(known(OpenApiHandler.document())));
  }

  private static String known(String text) {
    return text.replace("application/problem+json", "application/json")
        .replace("application/yaml", "text/plain");
  }

  @AfterEach
  void stop() throws Exception {
    rest.close();
  }

  @Test
  void everyOperationOfTheDocumentHasAnExampleHere() {
    Set<String> documented =
        contract.operations().stream().map(Operation::getOperationId).collect(Collectors.toSet());
    assertEquals(EXAMPLES.keySet(), documented);
  }

  @Test
  void everyAnswerFitsItsSchema() throws Exception {
    for (Map.Entry<String, String> example : EXAMPLES.entrySet()) {
      HttpResponse<String> response = rest.get(example.getValue());
      assertEquals(200, response.statusCode(), example.getValue());
      checkSchema(example.getKey(), response);
    }
  }

  @Test
  void everyProblemFitsItsSchema() throws Exception {
    checkSchema("message", rest.get("/v1/messages/1-2-99"));
    checkSchema("messages", rest.get("/v1/messages?limit=0&nonsense=1"));
    checkSchema("stream", rest.get("/v1/streams/3-4"));
    rest.view().becomeSick();
    HttpResponse<String> notReady = rest.get("/health/ready");
    assertEquals(503, notReady.statusCode());
    checkSchema("ready", notReady);
  }

  @Test
  void theValidatorRefusesAnAnswerThatLacksAField() {
    ValidatableResponse empty =
        ValidatableResponse.create(200, Map.of(), Buffer.buffer("{}"), "application/json");
    ResponseValidator validator = ResponseValidator.create(rest.vertx(), contract);
    assertTrue(failed(validator, empty));
  }

  private static boolean failed(ResponseValidator validator, ValidatableResponse response) {
    try {
      RestFixture.within(validator.validate(response, "status"));
      return false;
    } catch (Exception refused) {
      return true;
    }
  }

  /** The validator knows JSON media types only; others have no schema but "a string". */
  private void checkSchema(String operation, HttpResponse<String> response) throws Exception {
    String type = response.headers().firstValue("Content-Type").orElseThrow();
    String bare = known(type.contains(";") ? type.substring(0, type.indexOf(';')) : type);
    var documented = contract.operation(operation).getResponse(response.statusCode());
    var answer =
        documented == null ? contract.operation(operation).getDefaultResponse() : documented;
    assertTrue(answer.getContent().containsKey(bare), operation + " answers undocumented " + bare);
    if (bare.endsWith("json")) {
      RestFixture.within(
          ResponseValidator.create(rest.vertx(), contract)
              .validate(
                  ValidatableResponse.create(
                      response.statusCode(), Map.of(), Buffer.buffer(response.body()), bare),
                  operation));
    } else {
      assertTrue(!response.body().isBlank(), operation);
    }
  }
}
