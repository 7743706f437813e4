package dev.mallard.chain.evm;

import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.math.BigInteger;
import org.apache.tuweni.bytes.Bytes;

/**
 * One {@code Sent} event.
 *
 * @param acc the accumulator after the entry, as the contract says; not yet compared
 */
record SentLog(LogRecord log, OutboxEntry entry, Hash32 acc) {
  private static final int TOPICS = 4;

  static SentLog read(LogRecord log) throws EndpointFaultException {
    if (log.topics().size() != TOPICS) {
      throw new EndpointFaultException("malformed answer: a Sent event without its topics");
    }
    AbiReader data = log.data();
    OutboxEntry entry =
        new OutboxEntry(
            index(log),
            sender(log),
            Bytes.wrap(data.address(0).toBytes()),
            data.unsigned(1, Integer.SIZE).longValue(),
            data.unsigned(2, Byte.SIZE).intValue(),
            data.unsigned(3, Long.SIZE).longValue(),
            data.unsigned(4, 96),
            Bytes.wrap(data.dynamicBytes(5)));
    return new SentLog(log, entry, data.hash(6));
  }

  /** The index alone: enough to know in which block an entry is. */
  static long index(LogRecord log) throws EndpointFaultException {
    BigInteger index = new BigInteger(1, log.topics().get(2).toBytes());
    if (index.bitLength() >= Long.SIZE) {
      throw new EndpointFaultException("malformed answer: entry index " + index);
    }
    return index.longValue();
  }

  private static Bytes sender(LogRecord log) throws EndpointFaultException {
    BridgeAddress sender = new AbiReader(log.topics().get(3).toBytes()).address(0);
    return Bytes.wrap(sender.toBytes());
  }
}
