package dev.mallard.app;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loop of one stream: a single thread that drives the stream's state machines, so that
 * none of them needs a lock (DESIGN section 5). Nothing that blocks runs on it.
 *
 * <p>Work from outside ({@link #offer}) is refused beyond a limit. Completions of work that the
 * loop itself has asked for ({@link #post}) are always taken; their number is bounded by the
 * windows of the state machines.
 */
final class StreamLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamLoop.class);
  private static final long NANOS_PER_MILLI = 1_000_000L;

  /** Far above what the windows of the state machines let be under way: reaching it is a bug. */
  static final int QUEUE_MAX = 1 << 17;

  private final String name;
  private final int offeredMax;
  private final int tickMillis;
  private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>(QUEUE_MAX);
  private final AtomicInteger offered = new AtomicInteger();
  private final LongConsumer onTick;
  private final Consumer<Throwable> onHalt;
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean halted;

  /**
   * A loop that is not running yet.
   *
   * @param offeredMax work from outside that may wait
   * @param tickMillis how often {@code onTick} runs, with the loop's time
   * @param onHalt told once if a step fails, which is a bug: the stream stops, the node goes on
   */
  StreamLoop(
      String name,
      int offeredMax,
      int tickMillis,
      LongConsumer onTick,
      Consumer<Throwable> onHalt) {
    this.name = name;
    this.offeredMax = offeredMax;
    this.tickMillis = tickMillis;
    this.onTick = onTick;
    this.onHalt = onHalt;
    this.thread = new Thread(this::run, name);
  }

  void start() {
    thread.start();
  }

  /** Milliseconds of a clock that never goes back; every input of this loop carries it. */
  static long nowMillis() {
    return System.nanoTime() / NANOS_PER_MILLI;
  }

  /** Takes work from outside, unless too much is waiting or the loop has ended. */
  boolean offer(Runnable work) {
    if (closed || halted || offered.incrementAndGet() > offeredMax) {
      offered.decrementAndGet();
      return false;
    }
    return queue.offer(() -> {
      offered.decrementAndGet();
      work.run();
    });
  }

  /** Takes the completion of work that this loop asked for. */
  void post(Runnable completion) {
    if (!closed && !halted && !queue.offer(completion)) {
      halt(new IllegalStateException("more than " + QUEUE_MAX + " completions wait"));
    }
  }

  /** Work that waits, for metrics. */
  int waiting() {
    return queue.size();
  }

  private void run() {
    long nextTick = nowMillis();
    while (!closed) {
      try {
        long wait = nextTick - nowMillis();
        @Nullable Runnable work = wait > 0 ? queue.poll(wait, TimeUnit.MILLISECONDS) : queue.poll();
        if (work != null) {
          work.run();
        }
        long now = nowMillis();
        if (now >= nextTick) {
          onTick.accept(now);
          nextTick = now + tickMillis;
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        halt(e);
        return;
      }
    }
  }

  /** Stops the stream for good: a contradiction was found, and going on could do harm. */
  void halt(Throwable cause) {
    if (!halted) {
      halted = true;
      LOG.error(
          "stream loop {} halted; the node goes on without it. Report this with the log",
          name,
          cause);
      queue.clear();
      onHalt.accept(cause);
    }
  }

  boolean isHalted() {
    return halted;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
