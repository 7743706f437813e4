package dev.mallard.store;

import dev.mallard.chain.Outcome;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The writing side of the message index: applies updates to rows and keeps the listings by arrival,
 * transaction and sender in step. Prunes the oldest messages ([G-4]). Index thread only.
 */
final class MessageTable implements AutoCloseable {
  /** Changed rows that wait for one batch. */
  private static final int ROWS_PER_BATCH_MAX = 2_048;

  private final StoreDatabase database;
  private final StoreMetrics metrics;
  private final int messagesMax;
  private final MessageCodec codec = new MessageCodec();
  private final WriteBatch batch = new WriteBatch();
  private final Map<MessageKey, MessageRow> changed = new HashMap<>();
  private long arrivalOldest;
  private long arrivalNext;

  private record MessageKey(StreamId stream, long index) {
    byte[] bytes() {
      return StoreKeys.numbered(stream, index);
    }
  }

  MessageTable(StoreDatabase database, StoreMetrics metrics, int messagesMax)
      throws StoreException {
    this.database = database;
    this.metrics = metrics;
    this.messagesMax = messagesMax;
    this.arrivalNext = lastArrival() + 1;
    this.arrivalOldest = firstArrival();
  }

  void apply(MessageUpdate update) throws StoreException {
    try {
      switch (update) {
        case MessageUpdate.Entries entries -> applyEntries(entries);
        case MessageUpdate.Stage stage -> applyStage(stage);
        case MessageUpdate.Outcomes outcomes -> applyOutcomes(outcomes);
      }
    } catch (RocksDBException e) {
      throw StoreFailures.of(database.folder(), "fill a batch", e);
    }
  }

  /** Writes what changed, unsynced, and prunes. */
  void flush() throws StoreException {
    try {
      for (Map.Entry<MessageKey, MessageRow> row : changed.entrySet()) {
        batch.put(
            database.handle(Family.MESSAGE), row.getKey().bytes(), codec.encode(row.getValue()));
      }
      writeBatch();
      changed.clear();
      while (arrivalNext - arrivalOldest > messagesMax) {
        prune();
      }
    } catch (RocksDBException e) {
      throw StoreFailures.of(database.folder(), "fill a batch", e);
    }
  }

  private void applyEntries(MessageUpdate.Entries entries) throws RocksDBException, StoreException {
    for (MessageRecord message : entries.messages()) {
      MessageKey key = new MessageKey(message.stream(), message.index());
      Optional<MessageRow> known = row(key);
      if (known.isPresent()) {
        change(key, known.get(), row -> row.withEntry(message));
      } else {
        long arrival = arrivalNext++;
        put(Family.MESSAGE_ARRIVAL, StoreKeys.arrival(arrival), key.bytes());
        put(Family.MESSAGE_SENDER, StoreKeys.sender(message.sender(), arrival), key.bytes());
        listTransaction(key, arrival, message.sourceTransaction());
        changed.put(key, new MessageRow(arrival, message));
      }
      flushIfLarge();
    }
  }

  /** Visits the kept messages of the range only: its length costs nothing. */
  private void applyStage(MessageUpdate.Stage update) throws RocksDBException, StoreException {
    UnaryOperator<MessageRow> step = row -> row.withStage(update.stage(), update.wallMillis());
    if (update.last() - update.first() < ROWS_PER_BATCH_MAX) {
      for (long index = update.first(); index <= update.last(); index++) {
        changeIfKept(new MessageKey(update.stream(), index), step);
      }
      flushIfLarge();
      return;
    }
    flush();
    long from = update.first();
    while (from <= update.last()) {
      Map<MessageKey, MessageRow> part = rows(update.stream(), from, update.last());
      for (Map.Entry<MessageKey, MessageRow> row : part.entrySet()) {
        change(row.getKey(), row.getValue(), step);
      }
      flush();
      long last = part.keySet().stream().mapToLong(MessageKey::index).max().orElse(update.last());
      from = part.size() < ROWS_PER_BATCH_MAX ? update.last() + 1 : last + 1;
    }
  }

  private void applyOutcomes(MessageUpdate.Outcomes update)
      throws RocksDBException, StoreException {
    long index = update.first();
    for (Outcome outcome : update.outcomes()) {
      MessageKey key = new MessageKey(update.stream(), index++);
      changeIfKept(
          key,
          row ->
              row.withOutcome(outcome, update.stage(), update.transaction(), update.wallMillis()));
      flushIfLarge();
    }
  }

  private void changeIfKept(MessageKey key, UnaryOperator<MessageRow> step)
      throws RocksDBException, StoreException {
    Optional<MessageRow> row = row(key);
    if (row.isPresent()) {
      change(key, row.get(), step);
    }
  }

  private void change(MessageKey key, MessageRow before, UnaryOperator<MessageRow> step)
      throws RocksDBException {
    MessageRow after = step.apply(before);
    if (after.equals(before)) {
      return;
    }
    changed.put(key, after);
    List<Hash32> known = transactions(before.message());
    for (Hash32 transaction : transactions(after.message())) {
      if (!known.contains(transaction)) {
        listTransaction(key, after.arrival(), Optional.of(transaction));
      }
    }
  }

  private void listTransaction(MessageKey key, long arrival, Optional<Hash32> transaction)
      throws RocksDBException {
    if (transaction.isPresent()) {
      byte[] listed = StoreKeys.transaction(transaction.get(), arrival);
      put(Family.MESSAGE_TRANSACTION, listed, key.bytes());
    }
  }

  private static List<Hash32> transactions(MessageRecord message) {
    List<Hash32> transactions = new ArrayList<>(3);
    message.sourceTransaction().ifPresent(transactions::add);
    message.deliveryTransaction().ifPresent(transactions::add);
    message.receiptTransaction().ifPresent(transactions::add);
    return transactions;
  }

  private Optional<MessageRow> row(MessageKey key) throws StoreException {
    MessageRow row = changed.get(key);
    return row != null ? Optional.of(row) : stored(key);
  }

  private Optional<MessageRow> stored(MessageKey key) throws StoreException {
    byte[] bytes = key.bytes();
    Optional<byte[]> record = database.get(Family.MESSAGE, bytes);
    return record.isEmpty()
        ? Optional.empty()
        : Optional.of(
            MessageCodec.decode(
                key.stream(),
                key.index(),
                new RecordReader(record.get(), database.naming(Family.MESSAGE, bytes))));
  }

  /** The first rows of a range, as many as one batch takes. */
  private Map<MessageKey, MessageRow> rows(StreamId stream, long from, long last)
      throws StoreException {
    Map<MessageKey, MessageRow> rows = new HashMap<>();
    database.scan(
        Family.MESSAGE,
        StoreKeys.numbered(stream, from),
        StoreKeys.numbered(stream, last + 1),
        row -> {
          byte[] key = row.key();
          long index = StoreKeys.numberAtEnd(key);
          RecordReader in = new RecordReader(row.value(), database.naming(Family.MESSAGE, key));
          rows.put(new MessageKey(stream, index), MessageCodec.decode(stream, index, in));
          return rows.size() < ROWS_PER_BATCH_MAX;
        });
    return rows;
  }

  private void flushIfLarge() throws StoreException {
    if (changed.size() >= ROWS_PER_BATCH_MAX) {
      flush();
    }
  }

  private void prune() throws RocksDBException, StoreException {
    long end = Math.min(arrivalNext - messagesMax, arrivalOldest + ROWS_PER_BATCH_MAX);
    for (long arrival = arrivalOldest; arrival < end; arrival++) {
      byte[] arrivalKey = StoreKeys.arrival(arrival);
      Optional<byte[]> listed = database.get(Family.MESSAGE_ARRIVAL, arrivalKey);
      if (listed.isPresent()) {
        byte[] bytes = listed.get();
        MessageKey key = new MessageKey(StoreKeys.streamOf(bytes), StoreKeys.numberAtEnd(bytes));
        Optional<MessageRow> row = stored(key);
        if (row.isPresent()) {
          forget(key, row.get());
        }
        delete(Family.MESSAGE_ARRIVAL, arrivalKey);
      }
    }
    writeBatch();
    arrivalOldest = end;
  }

  private void forget(MessageKey key, MessageRow row) throws RocksDBException {
    delete(Family.MESSAGE, key.bytes());
    delete(Family.MESSAGE_SENDER, StoreKeys.sender(row.message().sender(), row.arrival()));
    for (Hash32 transaction : transactions(row.message())) {
      delete(Family.MESSAGE_TRANSACTION, StoreKeys.transaction(transaction, row.arrival()));
    }
  }

  private void writeBatch() throws StoreException {
    if (batch.count() > 0) {
      database.write(batch, /* sync= */ false);
      metrics.onIndexBatch();
    }
    batch.clear();
  }

  private void put(Family family, byte[] key, byte[] value) throws RocksDBException {
    batch.put(database.handle(family), key, value);
  }

  private void delete(Family family, byte[] key) throws RocksDBException {
    batch.delete(database.handle(family), key);
  }

  private long firstArrival() throws StoreException {
    long[] found = {arrivalNext};
    database.scan(
        Family.MESSAGE_ARRIVAL,
        StoreKeys.arrival(0),
        StoreKeys.arrival(-1),
        row -> {
          found[0] = StoreKeys.numberAtEnd(row.key());
          return false;
        });
    return found[0];
  }

  private long lastArrival() throws StoreException {
    long[] found = {0};
    database.scanDown(
        Family.MESSAGE_ARRIVAL,
        StoreKeys.arrival(-1),
        StoreKeys.arrival(0),
        row -> {
          found[0] = StoreKeys.numberAtEnd(row.key());
          return false;
        });
    return found[0];
  }

  @Override
  public void close() {
    batch.close();
  }
}
