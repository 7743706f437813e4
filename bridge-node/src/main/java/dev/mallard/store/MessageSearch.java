package dev.mallard.store;

import dev.mallard.stake.StreamId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/**
 * The reading side of the message index. A page walks the narrowest listing that fits (transaction,
 * sender, stream, all) downwards, checks the other conditions on each record, and stops at a named
 * number of records looked at ([G-4]): such a page may be short or empty and still name a next one.
 */
final class MessageSearch {
  private final StoreDatabase database;
  private final int scanMax;

  MessageSearch(StoreDatabase database, int scanMax) {
    this.database = database;
    this.scanMax = scanMax;
  }

  /**
   * What a page walks.
   *
   * @param prefix of the listing's keys; a number follows it
   * @param tag begins the page's token, so that one of another listing is refused
   */
  private record Listing(Family family, Bytes prefix, char tag) {
    byte[] key(long number) {
      ByteBuffer key = ByteBuffer.allocate(prefix.size() + Long.BYTES);
      prefix.appendTo(key);
      return key.putLong(number).array();
    }
  }

  /** Where a walk is. */
  private static final class Walk {
    private final List<MessageRecord> found = new ArrayList<>();
    private int scanned;
    private long last;
    private boolean isEnded = true;
  }

  Optional<MessageRecord> find(StreamId stream, long index) throws StoreException {
    return row(StoreKeys.numbered(stream, index)).map(MessageRow::message);
  }

  MessageIndex.Page search(MessageQuery query) throws StoreException {
    checkLimit(query);
    Listing listing = listing(query);
    Walk walk = new Walk();
    database.scanDown(
        listing.family(),
        listing.key(query.before().map(token -> number(listing, token)).orElse(-1L)),
        listing.key(0),
        row -> {
          if (walk.found.size() == query.limit() || walk.scanned == scanMax) {
            walk.isEnded = false;
            return false;
          }
          walk.scanned++;
          walk.last = StoreKeys.numberAtEnd(row.key());
          byte[] key = listing.family() == Family.MESSAGE ? row.key() : row.value();
          byte[] record =
              listing.family() == Family.MESSAGE
                  ? row.value()
                  : database.get(Family.MESSAGE, key).orElse(null);
          if (record != null) {
            MessageRow message = decode(key, record);
            if (isWanted(query, message)) {
              walk.found.add(message.message());
            }
          }
          return true;
        });
    Optional<String> next =
        walk.isEnded
            ? Optional.empty()
            : Optional.of(listing.tag() + Long.toUnsignedString(walk.last));
    return new MessageIndex.Page(walk.found, next);
  }

  private static void checkLimit(MessageQuery query) {
    if (query.limit() < 1 || query.limit() > MessageQuery.LIMIT_MAX) {
      throw new IllegalArgumentException(
          "limit is " + query.limit() + ", must be 1 to " + MessageQuery.LIMIT_MAX);
    }
  }

  private static Listing listing(MessageQuery query) {
    if (query.transaction().isPresent()) {
      return new Listing(
          Family.MESSAGE_TRANSACTION, Bytes.wrap(query.transaction().get().toBytes()), 't');
    }
    if (query.sender().isPresent()) {
      byte[] key = StoreKeys.sender(query.sender().get(), 0);
      return new Listing(Family.MESSAGE_SENDER, Bytes.wrap(key, 0, key.length - Long.BYTES), 's');
    }
    if (query.stream().isPresent()) {
      return new Listing(Family.MESSAGE, Bytes.wrap(StoreKeys.stream(query.stream().get())), 'i');
    }
    return new Listing(Family.MESSAGE_ARRIVAL, Bytes.EMPTY, 'a');
  }

  private static long number(Listing listing, String token) {
    try {
      if (token.length() > 1 && token.charAt(0) == listing.tag()) {
        return Long.parseUnsignedLong(token.substring(1));
      }
    } catch (NumberFormatException notOne) {
      // falls through to the one message for all tokens that no page returned
    }
    throw new IllegalArgumentException("'before' is not what a page of this query returned");
  }

  private static boolean isWanted(MessageQuery query, MessageRow row) {
    MessageRecord message = row.message();
    return query.stream().map(message.stream()::equals).orElse(true)
        && query.sender().map(message.sender()::equals).orElse(true)
        && query.stage().map(stage -> row.stage().equals(Optional.of(stage))).orElse(true);
  }

  private Optional<MessageRow> row(byte[] key) throws StoreException {
    Optional<byte[]> record = database.get(Family.MESSAGE, key);
    return record.isEmpty() ? Optional.empty() : Optional.of(decode(key, record.get()));
  }

  private MessageRow decode(byte[] key, byte[] record) throws StoreException {
    return MessageCodec.decode(
        StoreKeys.streamOf(key),
        StoreKeys.numberAtEnd(key),
        new RecordReader(record, database.naming(Family.MESSAGE, key)));
  }
}
