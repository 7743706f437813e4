package dev.mallard.replica;

import dev.mallard.store.Journal;
import dev.mallard.store.JournalFullException;
import dev.mallard.store.StoreWrite;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A stream's way to the disk, on its loop: commits become durable in order. A full journal makes
 * them wait, bounded by the windows of what is under way; a disk that refuses halts the stream, so
 * that nothing is acknowledged or signed.
 */
final class StreamJournal {
  private final Journal journal;
  private final StreamLoop loop;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

  private record Waiting(List<StoreWrite> writes, Runnable then) {}

  StreamJournal(Journal journal, StreamLoop loop) {
    this.journal = journal;
    this.loop = loop;
  }

  /** Commits, then runs {@code then} on the loop. */
  void commit(List<StoreWrite> writes, Runnable then) {
    if (!waiting.isEmpty() || !isTaken(writes, then)) {
      waiting.add(new Waiting(writes, then));
    }
  }

  /** Tries again what the journal had no room for. */
  void onTick() {
    while (!waiting.isEmpty() && isTaken(waiting.element().writes(), waiting.element().then())) {
      waiting.remove();
    }
  }

  /** Commits that wait for room. */
  int waiting() {
    return waiting.size();
  }

  /** Whether nothing waits for room. */
  boolean isIdle() {
    return waiting.isEmpty();
  }

  /** Whether the journal had room; it says at once when it has none. */
  private boolean isTaken(List<StoreWrite> writes, Runnable then) {
    CompletableFuture<Void> commit = journal.commit(writes);
    if (commit.isCompletedExceptionally()
        && commit.exceptionNow() instanceof JournalFullException) {
      return false;
    }
    CompletableFuture<Void> _ =
        commit.whenComplete((durable, failure) -> {
          if (failure == null) {
            loop.post(then);
          } else {
            loop.halt(causeOf(failure));
          }
        });
    return true;
  }

  private static Throwable causeOf(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
