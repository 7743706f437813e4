package dev.mallard.store;

import dev.mallard.stake.Epoch;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StreamId;
import java.nio.ByteBuffer;
import org.apache.tuweni.bytes.Bytes;

/** Keys: big-endian words, so that RocksDB's byte order is the order of numbers. */
final class StoreKeys {
  static final int STREAM_BYTES = 2 * Long.BYTES;
  static final int SEQUENCE_BYTES = STREAM_BYTES + Long.BYTES;

  /** Longer senders share an index prefix; records are compared in full. */
  static final int SENDER_BYTES_MAX = 64;

  private StoreKeys() {}

  static byte[] stream(StreamId stream) {
    return ByteBuffer.allocate(STREAM_BYTES)
        .putLong(stream.source().value())
        .putLong(stream.destination().value())
        .array();
  }

  /** Of a bundle by sequence, or a message by index. */
  static byte[] numbered(StreamId stream, long number) {
    return ByteBuffer.allocate(SEQUENCE_BYTES)
        .putLong(stream.source().value())
        .putLong(stream.destination().value())
        .putLong(number)
        .array();
  }

  /** Behind every key of a stream. */
  static byte[] streamEnd(StreamId stream) {
    return numbered(stream, -1);
  }

  /** The last word of a key that ends with a number. */
  static long numberAtEnd(byte[] key) {
    return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
  }

  /** The stream of a key that begins with one; IllegalArgumentException for impossible ones. */
  static StreamId streamOf(byte[] key) {
    ByteBuffer words = ByteBuffer.wrap(key);
    return new StreamId(new RsmId(words.getLong()), new RsmId(words.getLong()));
  }

  static byte[] stakes(RsmId rsm, Epoch epoch) {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(rsm.value()).putLong(epoch.number()).array();
  }

  static byte[] arrival(long arrival) {
    return ByteBuffer.allocate(Long.BYTES).putLong(arrival).array();
  }

  static byte[] transaction(Hash32 transaction, long arrival) {
    byte[] key = new byte[Hash32.HASH_BYTES + Long.BYTES];
    transaction.copyTo(key, 0);
    ByteBuffer.wrap(key).putLong(Hash32.HASH_BYTES, arrival);
    return key;
  }

  static byte[] sender(Bytes sender, long arrival) {
    int length = Math.min(sender.size(), SENDER_BYTES_MAX);
    ByteBuffer key = ByteBuffer.allocate(1 + length + Long.BYTES).put((byte) length);
    sender.slice(0, length).appendTo(key);
    return key.putLong(arrival).array();
  }
}
