package dev.mallard.chain.evm;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * ABI-encoded bytes of a contract's answer or event, read word by word. A claimed length is checked
 * against what is there before anything is copied; whatever is not canonical is a fault of the
 * endpoint.
 */
final class AbiReader {
  private static final int WORD_BYTES = 32;

  private final byte[] bytes;

  AbiReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The unsigned number in the given word, of at most {@code bits} bits. */
  BigInteger unsigned(int word, int bits) throws EndpointFaultException {
    return unsignedAt(word * WORD_BYTES, bits);
  }

  /** A number below 2^63 in the given word. */
  long number(int word) throws EndpointFaultException {
    return unsigned(word, Long.SIZE - 1).longValue();
  }

  Hash32 hash(int word) throws EndpointFaultException {
    requireWord(word * WORD_BYTES);
    return Hash32.of(bytes, word * WORD_BYTES);
  }

  BridgeAddress address(int word) throws EndpointFaultException {
    return addressAt(word * WORD_BYTES);
  }

  boolean bool(int word) throws EndpointFaultException {
    return unsigned(word, 1).signum() != 0;
  }

  /** The dynamic bytes whose offset stands in the given word. */
  byte[] dynamicBytes(int word) throws EndpointFaultException {
    int at = follow(word);
    int length = lengthAt(at);
    int from = at + WORD_BYTES;
    if (length > bytes.length - from) {
      throw garbage("bytes beyond the end");
    }
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  /** The dynamic array of addresses whose offset stands in the given word. */
  List<BridgeAddress> addresses(int word) throws EndpointFaultException {
    int at = follow(word);
    int length = elementsAt(at);
    List<BridgeAddress> addresses = new ArrayList<>(length);
    for (int i = 1; i <= length; i++) {
      addresses.add(addressAt(at + i * WORD_BYTES));
    }
    return addresses;
  }

  /** The dynamic array of numbers of at most {@code bits} bits, as above. */
  List<BigInteger> numbers(int word, int bits) throws EndpointFaultException {
    int at = follow(word);
    int length = elementsAt(at);
    List<BigInteger> numbers = new ArrayList<>(length);
    for (int i = 1; i <= length; i++) {
      numbers.add(unsignedAt(at + i * WORD_BYTES, bits));
    }
    return numbers;
  }

  private int follow(int word) throws EndpointFaultException {
    return lengthAt(word * WORD_BYTES);
  }

  private int elementsAt(int at) throws EndpointFaultException {
    int length = lengthAt(at);
    if (length > (bytes.length - at) / WORD_BYTES - 1) {
      throw garbage("a list beyond the end");
    }
    return length;
  }

  private int lengthAt(int at) throws EndpointFaultException {
    BigInteger value = unsignedAt(at, Integer.SIZE - 1);
    if (value.intValue() > bytes.length) {
      throw garbage("a length beyond the end");
    }
    return value.intValue();
  }

  private BigInteger unsignedAt(int at, int bits) throws EndpointFaultException {
    requireWord(at);
    BigInteger value = new BigInteger(1, bytes, at, WORD_BYTES);
    if (value.bitLength() > bits) {
      throw garbage("a number of more than " + bits + " bits");
    }
    return value;
  }

  private BridgeAddress addressAt(int at) throws EndpointFaultException {
    BigInteger value = unsignedAt(at, BridgeAddress.ADDRESS_BYTES * Byte.SIZE);
    assert value.signum() >= 0;
    return BridgeAddress.of(bytes, at + WORD_BYTES - BridgeAddress.ADDRESS_BYTES);
  }

  private void requireWord(int at) throws EndpointFaultException {
    if (at < 0 || at > bytes.length - WORD_BYTES) {
      throw garbage("no word where one must be");
    }
  }

  private EndpointFaultException garbage(String what) {
    return new EndpointFaultException(
        "malformed answer: ABI data of " + bytes.length + " bytes has " + what);
  }
}
