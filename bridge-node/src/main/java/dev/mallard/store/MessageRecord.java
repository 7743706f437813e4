package dev.mallard.store;

import dev.mallard.chain.Outcome;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.util.Map;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/**
 * What this node knows of one message; for people and programs that ask, never for safety.
 *
 * @param sequence the bundle that carries it
 * @param sourceTransaction known on the source side
 * @param deliveryTransaction known on the destination side once executed
 * @param receiptTransaction known on the source side once the receipt was executed there
 * @param times wall clock of each stage reached, milliseconds since 1970
 */
public record MessageRecord(
    StreamId stream,
    long index,
    long sequence,
    Bytes sender,
    Bytes recipient,
    int flags,
    long deadlineSeconds,
    int payloadBytes,
    Optional<Hash32> sourceTransaction,
    Optional<Hash32> deliveryTransaction,
    Optional<Hash32> receiptTransaction,
    Optional<Outcome> outcome,
    Map<MessageStage, Long> times) {
  public MessageRecord {
    times = Map.copyOf(times);
  }

  /** How people name it: stream and index, as in {@code 31337-31338-7}. */
  public String id() {
    return stream + "-" + index;
  }
}
