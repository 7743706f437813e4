package dev.mallard.chain.evm;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What an endpoint said to one call. Untrusted. */
sealed interface RpcAnswer {
  /** What nodes say of a block that they do not have, or whose state they do not have. */
  List<String> UNKNOWN_BLOCK =
      List.of("not found", "unknown block", "not available", "missing trie node", "canonical");

  /** JSON-RPC's code for a method that the endpoint does not have. */
  long NO_SUCH_METHOD = -32601;

  /** The method's result, possibly JSON null. */
  record Result(JsonNode value) implements RpcAnswer {}

  /**
   * The method failed.
   *
   * @param data hex of a contract's revert data, or empty
   */
  record Failure(long code, String message, String data) implements RpcAnswer {
    /** The fault that this is, told apart by its message: codes differ between nodes. */
    EndpointFaultException fault() {
      String text = message.toLowerCase(Locale.ROOT);
      String shown = "error " + code + ": " + message;
      boolean unknown = UNKNOWN_BLOCK.stream().anyMatch(text::contains);
      return unknown && code != NO_SUCH_METHOD
          ? new EndpointFaultException.BlockUnknown(shown)
          : new EndpointFaultException(shown);
    }
  }

  /** The result; a failure is a fault of the endpoint. */
  default JsonNode value() throws EndpointFaultException {
    return switch (this) {
      case Result result -> result.value();
      case Failure failure -> throw failure.fault();
    };
  }

  /** The result, which must not be null. */
  default RpcObject object(String what) throws EndpointFaultException {
    JsonNode value = value();
    if (value.isNull()) {
      throw new EndpointFaultException.BlockUnknown(what + " is not known there");
    }
    return new RpcObject(value);
  }
}
