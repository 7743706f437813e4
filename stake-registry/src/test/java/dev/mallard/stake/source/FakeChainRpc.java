package dev.mallard.stake.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.web3j.protocol.Service;

/**
 * A JSON-RPC endpoint that answers each method, and each contract call by its selector, with the
 * text it was given. It stands below web3j's own JSON handling, so that runs as in production.
 */
final class FakeChainRpc extends Service {

  private static final Pattern METHOD = Pattern.compile("\"method\":\"(\\w+)\"");
  private static final Pattern SELECTOR = Pattern.compile("\"(?:data|input)\":\"(0x[0-9a-f]{8})");
  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

  private final Map<String, String> answers = new HashMap<>();
  private final List<String> requests = new ArrayList<>();

  FakeChainRpc() {
    super(false);
  }

  /**
   * From now on {@code key}, a method or {@code eth_call:0xSELECTOR}, has this JSON as its result.
   */
  void result(String key, String json) {
    answers.put(key, "\"result\":" + json);
  }

  /** From now on {@code key} fails with this JSON-RPC error. */
  void error(String key, String message) {
    answers.put(key, "\"error\":{\"code\":-32000,\"message\":\"" + message + "\"}");
  }

  List<String> requests() {
    return requests;
  }

  @Override
  protected InputStream performIO(String payload) throws IOException {
    requests.add(payload);
    String method = group(METHOD, payload);
    String key = method.equals("eth_call") ? "eth_call:" + group(SELECTOR, payload) : method;
    String answer = answers.get(key);
    if (answer == null) {
      throw new IOException("the fake RPC knows no " + key);
    }
    String json = "{\"jsonrpc\":\"2.0\",\"id\":" + group(ID, payload) + "," + answer + "}";
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {}

  private static String group(Pattern pattern, String payload) throws IOException {
    Matcher matcher = pattern.matcher(payload);
    if (!matcher.find()) {
      throw new IOException("unexpected request " + payload);
    }
    return matcher.group(1);
  }
}
