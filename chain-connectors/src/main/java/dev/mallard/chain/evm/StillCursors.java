package dev.mallard.chain.evm;

import dev.mallard.chain.OutboxCursor;

/**
 * Where a stream that stood still can be read from again. That nothing was sent is one answer of
 * the contract at one block; had an endpoint given a stale one there, the entries it hid would lie
 * behind the cursor, where nobody looks. So two earlier cursors with the same count are kept, the
 * older one at least {@link #REREAD_BLOCKS_MIN} blocks back once the stream has stood still for so
 * long.
 */
record StillCursors(OutboxCursor older, OutboxCursor newer) {
  /** An endpoint that lags by more than this is no endpoint. */
  static final int REREAD_BLOCKS_MIN = 1_024;

  /** A stream that was not read yet. */
  static StillCursors at(OutboxCursor cursor) {
    return new StillCursors(cursor, cursor);
  }

  /** The reading goes on at {@code cursor}. */
  StillCursors onCursor(OutboxCursor cursor) {
    boolean isStill = older.count() == cursor.count() && older.acc().equals(cursor.acc());
    if (!isStill || cursor.block().number() < newer.block().number()) {
      return at(cursor);
    }
    return cursor.block().number() - newer.block().number() >= REREAD_BLOCKS_MIN
        ? new StillCursors(newer, cursor)
        : this;
  }
}
