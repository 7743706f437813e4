package dev.mallard.chain.evm;

import dev.mallard.chain.BlockHead;
import dev.mallard.chain.InboxEvent;
import dev.mallard.chain.Outcome;
import dev.mallard.stake.Hash32;
import java.util.ArrayList;
import java.util.List;

/** Events of the Inbox as values. */
final class InboxEventDecoder {
  /** What is asked for. */
  static final List<Hash32> EVENTS =
      List.of(BridgeAbi.DELIVERED, BridgeAbi.RECEIPT_RECEIVED, BridgeAbi.REFUND_NOTIFIED);

  private InboxEventDecoder() {}

  static InboxEvent decode(LogRecord log, BlockHead head) throws EndpointFaultException {
    AbiReader data = log.data();
    Hash32 event = log.topics().getFirst();
    if (event.equals(BridgeAbi.DELIVERED)) {
      return new InboxEvent.Delivered(
          head,
          log.transaction(),
          data.number(0),
          data.number(2),
          data.address(4),
          outcomes(data.dynamicBytes(6)));
    }
    if (event.equals(BridgeAbi.REFUND_NOTIFIED)) {
      return new InboxEvent.RefundNotified(
          head,
          log.transaction(),
          index(log),
          outcome(data.unsigned(0, Byte.SIZE).intValue()),
          data.bool(1));
    }
    return new InboxEvent.ReceiptReceived(
        head, log.transaction(), data.number(0), outcomes(data.dynamicBytes(1)));
  }

  private static List<Outcome> outcomes(byte[] codes) throws EndpointFaultException {
    List<Outcome> outcomes = new ArrayList<>(codes.length);
    for (byte code : codes) {
      outcomes.add(outcome(code));
    }
    return outcomes;
  }

  private static long index(LogRecord log) throws EndpointFaultException {
    if (log.topics().size() < 3) {
      throw new EndpointFaultException(
          "malformed answer: a RefundNotified event without its topics");
    }
    return new AbiReader(log.topics().get(2).toBytes()).number(0);
  }

  private static Outcome outcome(int code) throws EndpointFaultException {
    try {
      return Outcome.ofCode(code);
    } catch (IllegalArgumentException e) {
      throw new EndpointFaultException("malformed event: " + e.getMessage(), e);
    }
  }
}
