package dev.mallard.store;

import dev.mallard.chain.OutboxEntry;
import dev.mallard.chain.Outcome;
import dev.mallard.stake.Hash32;
import dev.mallard.stake.StreamId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The message index in the journal's database, on a thread of its own. Updates wait in a bounded
 * queue and are written in unsynced batches; when the queue is full, or the disk sick, updates are
 * counted and lost: no guarantee depends on them ([G-4]). Stages and outcomes of messages whose
 * entries were never told, or are pruned, change nothing.
 */
final class RocksMessageIndex implements MessageIndex, AutoCloseable {
  private final StoreDatabase database;
  private final StoreMetrics metrics;
  private final int queueMessagesMax;
  private final MessageTable table;
  private final MessageSearch search;
  private final DrainingThread<List<MessageUpdate>> thread;
  private final ArrayDeque<MessageUpdate> queue = new ArrayDeque<>();
  private final AtomicReference<@Nullable StoreException> failure = new AtomicReference<>();
  private int queuedMessages;

  RocksMessageIndex(StoreDatabase database, StoreLimits limits, StoreMetrics metrics)
      throws StoreException {
    this.database = database;
    this.metrics = metrics;
    this.queueMessagesMax = limits.indexQueueMessagesMax();
    this.table = new MessageTable(database, metrics, limits.messagesMax());
    this.search = new MessageSearch(database, limits.searchScanMax());
    this.thread = new DrainingThread<>("mallard-index", new Updates(), this::write);
  }

  void start() {
    thread.start();
  }

  @Override
  public void onEntries(
      StreamId stream, long sequence, List<OutboxEntry> entries, List<Hash32> transactions) {
    enqueue(MessageUpdate.of(stream, sequence, entries, transactions));
  }

  @Override
  public void onStage(
      StreamId stream, long firstIndex, long lastIndex, MessageStage stage, long wallMillis) {
    if (lastIndex >= firstIndex) {
      enqueue(new MessageUpdate.Stage(stream, firstIndex, lastIndex, stage, wallMillis));
    }
  }

  @Override
  public void onOutcomes(
      StreamId stream,
      long firstIndex,
      List<Outcome> outcomes,
      MessageStage stage,
      Hash32 transaction,
      long wallMillis) {
    enqueue(
        new MessageUpdate.Outcomes(
            stream, firstIndex, List.copyOf(outcomes), stage, transaction, wallMillis));
  }

  @Override
  public Optional<MessageRecord> find(StreamId stream, long index) throws StoreException {
    return search.find(stream, index);
  }

  @Override
  public Page search(MessageQuery query) throws StoreException {
    return search.search(query);
  }

  /** Why updates are lost since, if they are. The journal goes on without its index. */
  Optional<StoreException> failure() {
    return Optional.ofNullable(failure.get());
  }

  private final class Updates implements DrainingThread.Queue<List<MessageUpdate>> {
    @Override
    public boolean isEmpty() {
      return queue.isEmpty();
    }

    @Override
    public List<MessageUpdate> take() {
      List<MessageUpdate> updates = new ArrayList<>(queue);
      queue.clear();
      queuedMessages = 0;
      return updates;
    }
  }

  private void enqueue(MessageUpdate update) {
    boolean isTaken =
        thread.locked(() -> !thread.isClosing() && (isMergedIntoLast(update) || isQueued(update)));
    if (!isTaken) {
      metrics.onIndexLost(update.weight());
    }
  }

  private boolean isQueued(MessageUpdate update) {
    if (queuedMessages + update.weight() > queueMessagesMax) {
      return false;
    }
    queue.add(update);
    queuedMessages += update.weight();
    return true;
  }

  /**
   * Bundles reach a stage one after the other, often in one millisecond: such ranges become one.
   */
  private boolean isMergedIntoLast(MessageUpdate update) {
    if (update instanceof MessageUpdate.Stage next
        && queue.peekLast() instanceof MessageUpdate.Stage last) {
      Optional<MessageUpdate.Stage> merged = last.merged(next);
      if (merged.isPresent()) {
        queue.removeLast();
        queue.add(merged.get());
        return true;
      }
    }
    return false;
  }

  private void write(List<MessageUpdate> updates) {
    try {
      if (failure.get() == null && database.failure().isEmpty()) {
        for (MessageUpdate update : updates) {
          table.apply(update);
        }
        table.flush();
        return;
      }
    } catch (StoreException e) {
      failure.set(e);
    } catch (RuntimeException | Error bug) {
      failure.set(
          new StoreException(
              String.format(
                  Locale.ROOT,
                  "store %s: the message index stopped: %s. Traffic goes on; report it and restart the node",
                  database.folder(),
                  bug),
              bug));
    }
    metrics.onIndexLost(updates.stream().mapToInt(MessageUpdate::weight).sum());
  }

  /** Writes what waits, then ends the thread. */
  @Override
  public void close() {
    thread.close();
    table.close();
  }
}
