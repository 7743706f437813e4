package dev.mallard.chain.evm;

import dev.mallard.stake.Hash32;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What a node sends of each new block to who has subscribed to heads. Untrusted. */
final class HeadNotice {
  private final JsonMapper json = JsonMapper.shared();

  /** The block's hash, if the message is a notice and names one. */
  Optional<Hash32> block(String message) {
    try {
      return Optional.of(
          new RpcObject(json.readTree(message)).field("params").field("result").hash("hash"));
    } catch (JacksonException | EndpointFaultException noHead) {
      return Optional.empty();
    }
  }
}
