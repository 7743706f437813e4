package dev.mallard.app;

import dev.mallard.replica.Workers;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A fixed number of threads, with a bounded queue. */
final class ThreadWorkers implements Workers, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadWorkers.class);

  private final ThreadPoolExecutor pool;

  /**
   * Starts the pool; threads come with the first work.
   *
   * @param queueMax pieces of work that may wait
   */
  ThreadWorkers(String name, int threads, int queueMax) {
    AtomicInteger number = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queueMax),
            work -> {
              Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
  }

  @Override
  public boolean offer(Runnable work, Runnable failed) {
    try {
      pool.execute(() -> run(work, failed));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private static void run(Runnable work, Runnable failed) {
    try {
      work.run();
    } catch (RuntimeException | Error bug) {
      LOG.error("a worker met a bug; others go on. Report this with the log", bug);
      failed.run();
    }
  }

  /** Work that waits, for metrics. */
  int waiting() {
    return pool.getQueue().size();
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
