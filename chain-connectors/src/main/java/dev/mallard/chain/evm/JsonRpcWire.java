package dev.mallard.chain.evm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON-RPC 2.0 as bytes: batches out, answers matched to their calls by id, in whatever order. */
final class JsonRpcWire {
  private static final int ERROR_CHARS_MAX = 300;

  private final JsonMapper json =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  byte[] encode(List<RpcCall> calls) {
    List<Map<String, Object>> batch = new ArrayList<>(calls.size());
    for (int id = 0; id < calls.size(); id++) {
      Map<String, Object> call = new LinkedHashMap<>();
      call.put("jsonrpc", "2.0");
      call.put("id", id);
      call.put("method", calls.get(id).method());
      call.put("params", calls.get(id).params());
      batch.add(call);
    }
    return json.writeValueAsBytes(batch.size() == 1 ? batch.getFirst() : batch);
  }

  /** One answer a call, in the order of the calls. */
  List<RpcAnswer> decode(byte[] body, int calls) throws EndpointFaultException {
    JsonNode root = parse(body);
    if (calls == 1 && root.isObject()) {
      return List.of(answer(root));
    }
    if (!root.isArray()) {
      if (root.isObject() && root.has("error")) {
        throw new EndpointFaultException("refused the batch: " + failure(root.get("error")));
      }
      throw new EndpointFaultException("malformed answer: no JSON-RPC batch");
    }
    @Nullable RpcAnswer[] answers = new @Nullable RpcAnswer[calls];
    for (JsonNode element : root) {
      JsonNode id = element.get("id");
      if (id == null || !id.isInt() || id.intValue() < 0 || id.intValue() >= calls) {
        throw new EndpointFaultException("malformed answer: an id that was not asked");
      }
      answers[id.intValue()] = answer(element);
    }
    List<RpcAnswer> ordered = new ArrayList<>(calls);
    for (RpcAnswer answer : answers) {
      if (answer == null) {
        throw new EndpointFaultException("answered only a part of " + calls + " calls");
      }
      ordered.add(answer);
    }
    return ordered;
  }

  private JsonNode parse(byte[] body) throws EndpointFaultException {
    try {
      return json.readTree(body);
    } catch (JacksonException e) {
      throw new EndpointFaultException(
          "malformed answer: "
              + body.length
              + " bytes that are no JSON, beginning with "
              + Arrays.toString(Arrays.copyOf(body, Math.min(8, body.length))),
          e);
    }
  }

  private static RpcAnswer answer(JsonNode element) throws EndpointFaultException {
    JsonNode error = element.get("error");
    if (error != null && !error.isNull()) {
      return failure(error);
    }
    JsonNode result = element.get("result");
    if (result == null) {
      throw new EndpointFaultException("malformed answer: neither result nor error");
    }
    return new RpcAnswer.Result(result);
  }

  private static RpcAnswer.Failure failure(JsonNode error) {
    JsonNode code = error.get("code");
    return new RpcAnswer.Failure(
        code != null && code.canConvertToLong() ? code.longValue() : 0,
        cut(string(error.get("message"))),
        revertData(error.get("data")));
  }

  /** Nodes put revert data into {@code data} itself or one level deeper. */
  private static String revertData(@Nullable JsonNode data) {
    if (data != null && data.isObject()) {
      return string(data.get("data"));
    }
    return string(data);
  }

  private static String string(@Nullable JsonNode node) {
    return node != null && node.isString() ? node.stringValue() : "";
  }

  private static String cut(String text) {
    return text.length() <= ERROR_CHARS_MAX ? text : text.substring(0, ERROR_CHARS_MAX) + "…";
  }
}
