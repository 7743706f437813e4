package dev.mallard.api;

import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.Outcome;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import dev.mallard.store.MessageIndex;
import dev.mallard.store.MessageQuery;
import dev.mallard.store.MessageRecord;
import dev.mallard.store.MessageStage;
import dev.mallard.store.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.tuweni.bytes.Bytes;

/** Holds the records that tests give it, and can be slow or broken. */
final class FakeMessageIndex implements MessageIndex {
  static final Bytes SENDER = Bytes.fromHexString("0x00000000000000000000000000000000000000aa");
  static final Hash32 TRANSACTION = Hash32.fromHex("0x" + "ab".repeat(32));

  private final List<MessageRecord> records = new ArrayList<>();
  private volatile boolean broken;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /**
   * Adds message {@code index} of the stream, with every stage up to {@code last} that its side
   * sees.
   */
  synchronized void add(StreamId stream, long index, MessageStage last, Optional<Outcome> outcome) {
    Map<MessageStage, Long> times = new EnumMap<>(MessageStage.class);
    for (MessageStage stage : MessageStage.values()) {
      if (stage.compareTo(last) <= 0) {
        times.put(stage, 1_700_000_000_000L + times.size() * 1_000L);
      }
    }
    records.add(
        new MessageRecord(
            stream,
            index,
            1,
            SENDER,
            SENDER,
            OutboxEntry.RECEIPT,
            Long.MAX_VALUE,
            100,
            Optional.of(TRANSACTION),
            Optional.empty(),
            Optional.empty(),
            outcome,
            times));
  }

  void breakDown() {
    broken = true;
  }

  /** Reads wait until the latch opens. */
  void holdReads(CountDownLatch latch) {
    gate = latch;
  }

  @Override
  public void onEntries(
      StreamId stream, long sequence, List<OutboxEntry> entries, List<Hash32> transactions) {
    throw new UnsupportedOperationException("the REST interface only reads");
  }

  @Override
  public void onStage(StreamId stream, long first, long last, MessageStage stage, long wallMillis) {
    throw new UnsupportedOperationException("the REST interface only reads");
  }

  @Override
  public void onOutcomes(
      StreamId stream,
      long firstIndex,
      List<Outcome> outcomes,
      MessageStage stage,
      Hash32 transaction,
      long wallMillis) {
    throw new UnsupportedOperationException("the REST interface only reads");
  }

  @Override
  public synchronized Optional<MessageRecord> find(StreamId stream, long index)
      throws StoreException {
    onRead();
    return records.stream().filter(r -> r.stream().equals(stream) && r.index() == index).findAny();
  }

  @Override
  public Page search(MessageQuery query) throws StoreException {
    onRead();
    int from = query.before().map(FakeMessageIndex::place).orElse(0);
    List<MessageRecord> fitting;
    synchronized (this) {
      fitting = records.reversed().stream().filter(r -> isWanted(query, r)).toList();
    }
    int to = Math.min(fitting.size(), from + query.limit());
    Optional<String> next = to < fitting.size() ? Optional.of("p" + to) : Optional.empty();
    return new Page(fitting.subList(from, to), next);
  }

  private void onRead() throws StoreException {
    if (broken) {
      throw new StoreException("/secret/folder is damaged");
    }
    try {
      gate.await();
    } catch (InterruptedException stopped) {
      throw new StoreException("stopped", stopped);
    }
  }

  private static int place(String before) {
    if (!before.matches("p[0-9]{1,6}")) {
      throw new IllegalArgumentException("no page returned that");
    }
    return Integer.parseInt(before.substring(1));
  }

  private static boolean isWanted(MessageQuery query, MessageRecord record) {
    MessageStage last =
        record.times().keySet().stream().max(Comparator.naturalOrder()).orElseThrow();
    return query.stream().map(record.stream()::equals).orElse(true)
        && query.sender().map(record.sender()::equals).orElse(true)
        && query
            .transaction()
            .map(tx -> record.sourceTransaction().equals(Optional.of(tx)))
            .orElse(true)
        && query.stage().map(last::equals).orElse(true);
  }
}
