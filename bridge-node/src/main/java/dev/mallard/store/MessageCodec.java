package dev.mallard.store;

import dev.mallard.chain.Outcome;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Message records as bytes; stream and index are in the key. */
final class MessageCodec {
  /** Longer accounts are cut in the index: it is for display. */
  static final int ACCOUNT_BYTES_MAX = 128;

  private static final int VERSION = 1;
  private static final int RECORD_BYTES_MAX = 4 << 10;
  private static final int NO_OUTCOME = 0;

  private final RecordWriter out = new RecordWriter(RECORD_BYTES_MAX);

  byte[] encode(MessageRow row) {
    MessageRecord message = row.message();
    out.begin(VERSION)
        .u64(row.arrival())
        .u64(message.sequence())
        .blob(message.sender())
        .blob(message.recipient())
        .u32(message.flags())
        .u64(message.deadlineSeconds())
        .u32(message.payloadBytes());
    put(message.sourceTransaction());
    put(message.deliveryTransaction());
    put(message.receiptTransaction());
    out.u8(message.outcome().map(Outcome::code).orElse(NO_OUTCOME)).u8(message.times().size());
    message.times().forEach((stage, millis) -> out.u8(code(stage)).u64(millis));
    return out.endArray();
  }

  static MessageRow decode(StreamId stream, long index, RecordReader in) throws StoreException {
    return in.whole(
        VERSION,
        r ->
            new MessageRow(
                r.u64(),
                new MessageRecord(
                    stream,
                    index,
                    r.u64(),
                    r.blob(),
                    r.blob(),
                    r.u32(),
                    r.u64(),
                    r.u32(),
                    transaction(r),
                    transaction(r),
                    transaction(r),
                    outcome(r),
                    times(r))));
  }

  private void put(Optional<Hash32> transaction) {
    out.u8(transaction.isPresent() ? 1 : 0);
    transaction.ifPresent(out::hash);
  }

  private static Optional<Hash32> transaction(RecordReader in) throws StoreException {
    return in.u8() == 1 ? Optional.of(in.hash()) : Optional.empty();
  }

  private static Optional<Outcome> outcome(RecordReader in) throws StoreException {
    int code = in.u8();
    return code == NO_OUTCOME ? Optional.empty() : Optional.of(Outcome.ofCode(code));
  }

  private static Map<MessageStage, Long> times(RecordReader in) throws StoreException {
    Map<MessageStage, Long> times = new EnumMap<>(MessageStage.class);
    for (int left = in.u8(); left > 0; left--) {
      times.put(stage(in.u8()), in.u64());
    }
    return times;
  }

  private static MessageStage stage(int code) {
    return Arrays.stream(MessageStage.values())
        .filter(stage -> code(stage) == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no stage has the number " + code));
  }

  /** Part of the format. */
  private static int code(MessageStage stage) {
    return switch (stage) {
      case SENT -> 1;
      case FINALIZED -> 2;
      case CERTIFIED -> 3;
      case CROSSED -> 4;
      case HELD -> 5;
      case QUACKED -> 6;
      case EXECUTED -> 7;
      case RECEIPT -> 8;
    };
  }
}
