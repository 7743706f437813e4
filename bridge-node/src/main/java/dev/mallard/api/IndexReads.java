package dev.mallard.api;

import dev.mallard.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads of the message index, which block: on few threads of their own, with a bounded number that
 * wait.
 */
final class IndexReads {
  private static final Logger LOG = LoggerFactory.getLogger(IndexReads.class);

  private final WorkerExecutor workers;
  private final int waitingMax;
  private int waiting;

  IndexReads(Vertx vertx, ApiLimits limits) {
    this.workers = vertx.createSharedWorkerExecutor("api-index", limits.readThreads());
    this.waitingMax = limits.readsWaitingMax();
  }

  /**
   * Runs {@code read} on a worker and answers on the event loop.
   *
   * @param read throws IllegalArgumentException for a {@code before} that no page returned
   */
  <T> void read(Exchange exchange, Callable<T> read, Consumer<T> answer) {
    if (waiting >= waitingMax) {
      exchange.sendProblem(Problem.busy());
      return;
    }
    waiting++;
    workers
        .executeBlocking(read, false)
        .onComplete(result -> {
          waiting--;
          if (result.succeeded()) {
            answer.accept(result.result());
          } else {
            onFailure(exchange, result.cause());
          }
        });
  }

  private static void onFailure(Exchange exchange, Throwable cause) {
    switch (cause) {
      case IllegalArgumentException notFromAPage -> {
        exchange.parameters().note("before", MessagesHandler.BEFORE_REMEDY);
        exchange.checkParameters();
      }
      case StoreException unreadable -> {
        LOG.error(
            "The message index cannot be read; look at the disk: {}", unreadable.getMessage());
        exchange.sendProblem(Problem.indexUnreadable());
      }
      default -> {
        LOG.error("Reading the message index failed; please report this", cause);
        exchange.sendProblem(Problem.internal());
      }
    }
  }

  Future<Void> close() {
    return workers.close();
  }
}
