package dev.mallard.stake.source;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.Validator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code StakeRegistry.table(uint64)} returned: {@code (Validator[] validators, uint256 u,
 * uint256 r)} with {@code Validator(address bridgeKey, address payout, uint96 stake, bytes32
 * tlsKey, string endpoint)}.
 *
 * @param entries in the contract's order, which is the order of signer bitmaps
 */
record RegistryAnswer(List<RegistryEntry> entries, FaultModel faultModel) {

  private static final int STAKE_BITS = 96;
  private static final int WORD = AbiAnswer.WORD_BYTES;

  // Places of the fields in a Validator tuple, in words.
  private static final int BRIDGE_KEY = 0;
  private static final int STAKE = 2;
  private static final int TLS_KEY = 3;
  private static final int ENDPOINT = 4;

  /**
   * @throws IOException if the bytes do not decode to a sound table
   */
  static RegistryAnswer decode(byte[] bytes) throws IOException {
    AbiAnswer answer = new AbiAnswer(bytes);
    int array = answer.follow(0, 0);
    Stake u = new Stake(answer.unsigned(WORD, Stake.STAKE_BITS_MAX));
    Stake r = new Stake(answer.unsigned(2 * WORD, Stake.STAKE_BITS_MAX));
    int count = answer.length(array);
    if (count > StakeTable.VALIDATORS_MAX) {
      throw new IOException(count + " validators, more than " + StakeTable.VALIDATORS_MAX);
    }
    int base = array + WORD;
    List<RegistryEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(entry(answer, i, answer.follow(base, base + i * WORD)));
    }
    return new RegistryAnswer(entries, faultModel(u, r));
  }

  private static FaultModel faultModel(Stake u, Stake r) throws IOException {
    if (r.compareTo(u) > 0) {
      throw new IOException("u = " + u + " is below r = " + r);
    }
    return new FaultModel(u, r);
  }

  private static RegistryEntry entry(AbiAnswer answer, int index, int tuple) throws IOException {
    BridgeAddress key = answer.address(tuple + BRIDGE_KEY * WORD);
    Stake stake = new Stake(answer.unsigned(tuple + STAKE * WORD, STAKE_BITS));
    Hash32 tlsKey = answer.hash(tuple + TLS_KEY * WORD);
    byte[] endpoint = answer.dynamicBytes(answer.follow(tuple, tuple + ENDPOINT * WORD));
    if (key.equals(BridgeAddress.ZERO)) {
      throw new IOException("validator " + index + " has the zero address as its key");
    }
    return new RegistryEntry(new Validator(index, key, stake), endpoint(endpoint), tlsKey);
  }

  /**
   * A validator writes its own endpoint: one that is no address becomes empty and harms nobody
   * else.
   */
  private static String endpoint(byte[] bytes) {
    if (bytes.length > Endpoint.ENDPOINT_CHARS_MAX) {
      return "";
    }
    return Endpoint.parse(new String(bytes, StandardCharsets.US_ASCII))
        .map(Endpoint::toString)
        .orElse("");
  }
}
