package dev.mallard.testnet.sim.chain;

import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.Outcome;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/**
 * What one Inbox tells the other of a delivery's entries ([DLV-4]): the first index in 8 bytes,
 * their number in 4, a byte for each. The contract's encoding has fees beside; they are not
 * modelled.
 */
record Receipt(long firstIndex, List<Outcome> outcomes) {
  private static final int HEAD_BYTES = Long.BYTES + Integer.BYTES;
  private static final Bytes ZERO_ACCOUNT = Bytes.wrap(new byte[20]);

  Receipt {
    outcomes = List.copyOf(outcomes);
  }

  OutboxEntry entry(long index) {
    byte[] payload = new byte[HEAD_BYTES + outcomes.size()];
    for (int i = 0; i < Long.BYTES; i++) {
      payload[i] = (byte) (firstIndex >>> (Byte.SIZE * (Long.BYTES - 1 - i)));
    }
    for (int i = 0; i < Integer.BYTES; i++) {
      payload[Long.BYTES + i] = (byte) (outcomes.size() >>> (Byte.SIZE * (Integer.BYTES - 1 - i)));
    }
    for (int i = 0; i < outcomes.size(); i++) {
      payload[HEAD_BYTES + i] = (byte) outcomes.get(i).code();
    }
    return new OutboxEntry(
        index,
        ZERO_ACCOUNT,
        ZERO_ACCOUNT,
        0,
        OutboxEntry.SYSTEM,
        0,
        BigInteger.ZERO,
        Bytes.wrap(payload));
  }

  /** Of a system entry's payload; empty if it is none. */
  static Optional<Receipt> of(Bytes payload) {
    if (payload.size() <= HEAD_BYTES
        || payload.getInt(Long.BYTES) != payload.size() - HEAD_BYTES
        || payload.getLong(0) < 1) {
      return Optional.empty();
    }
    List<Outcome> outcomes = new ArrayList<>(payload.size() - HEAD_BYTES);
    for (int i = HEAD_BYTES; i < payload.size(); i++) {
      int code = payload.get(i);
      if (code < Outcome.EXECUTED.code() || code > Outcome.EXPIRED.code()) {
        return Optional.empty();
      }
      outcomes.add(Outcome.ofCode(code));
    }
    return Optional.of(new Receipt(payload.getLong(0), outcomes));
  }
}
