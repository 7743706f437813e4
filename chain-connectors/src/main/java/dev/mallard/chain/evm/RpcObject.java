package dev.mallard.chain.evm;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A JSON value that an RPC returned, read strictly: whatever is missing, of another type or out of
 * range is a fault of that endpoint, never a crash.
 */
final class RpcObject {
  private static final int QUANTITY_DIGITS_MAX = 64;
  private static final int SHOWN_CHARS_MAX = 40;

  private final JsonNode node;

  RpcObject(JsonNode node) {
    this.node = node;
  }

  /** The elements of an array. */
  List<RpcObject> elements() throws EndpointFaultException {
    if (!node.isArray()) {
      throw malformed("a list", node);
    }
    List<RpcObject> elements = new ArrayList<>(node.size());
    for (JsonNode element : node) {
      elements.add(new RpcObject(element));
    }
    return elements;
  }

  boolean has(String field) {
    JsonNode value = node.get(field);
    return value != null && !value.isNull();
  }

  RpcObject field(String field) throws EndpointFaultException {
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      throw new EndpointFaultException("malformed answer: no field " + field);
    }
    return new RpcObject(value);
  }

  Hash32 hash(String field) throws EndpointFaultException {
    return field(field).asHash();
  }

  long number(String field) throws EndpointFaultException {
    return field(field).asNumber();
  }

  Hash32 asHash() throws EndpointFaultException {
    try {
      return Hash32.fromHex(text());
    } catch (IllegalArgumentException e) {
      throw malformed("a hash", node);
    }
  }

  BridgeAddress asAddress() throws EndpointFaultException {
    try {
      return BridgeAddress.fromHex(text());
    } catch (IllegalArgumentException e) {
      throw malformed("an address", node);
    }
  }

  /** A quantity below 2^63. */
  long asNumber() throws EndpointFaultException {
    BigInteger value = asQuantity();
    if (value.bitLength() >= Long.SIZE) {
      throw malformed("a number below 2^63", node);
    }
    return value.longValue();
  }

  /** An unsigned number of at most 256 bits. */
  BigInteger asQuantity() throws EndpointFaultException {
    String text = text();
    int digits = text.length() - 2;
    boolean hex = text.startsWith("0x") && digits > 0 && digits <= QUANTITY_DIGITS_MAX;
    if (!hex || !text.chars().skip(2).allMatch(HexFormat::isHexDigit)) {
      throw malformed("a quantity", node);
    }
    return new BigInteger(text.substring(2), 16);
  }

  byte[] asData() throws EndpointFaultException {
    String text = text();
    if (!text.startsWith("0x")) {
      throw malformed("hex data", node);
    }
    try {
      return HexFormat.of().parseHex(text, 2, text.length());
    } catch (IllegalArgumentException e) {
      throw malformed("hex data", node);
    }
  }

  boolean isTrue() {
    return node.isBoolean() && node.booleanValue();
  }

  private String text() throws EndpointFaultException {
    if (!node.isString()) {
      throw malformed("a string", node);
    }
    return node.stringValue();
  }

  private static EndpointFaultException malformed(String wanted, JsonNode found) {
    String shown = found.isString() ? found.stringValue() : found.getNodeType().name();
    String cut =
        shown.length() <= SHOWN_CHARS_MAX ? shown : shown.substring(0, SHOWN_CHARS_MAX) + "…";
    return new EndpointFaultException("malformed answer: wanted " + wanted + ", got " + cut);
  }
}
