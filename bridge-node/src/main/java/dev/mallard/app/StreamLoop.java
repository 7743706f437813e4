package dev.mallard.app;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
  private final LinkedBlockingQueue<Work> queue = new LinkedBlockingQueue<>(QUEUE_MAX);
  private final AtomicInteger offered = new AtomicInteger();
  private final LongConsumer onTick;
  private final Consumer<Throwable> onHalt;
  private final Thread thread;
  private final AtomicReference<@Nullable Throwable> haltCause = new AtomicReference<>();
  private volatile boolean closed;

  /**
   * A step of the loop.
   *
   * @param done runs whatever becomes of the step, for a peer's connection waits for it
   */
  private record Work(Runnable step, Runnable done) {}

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

  /**
   * Takes work from outside, unless too much is waiting or the loop has ended.
   *
   * @param done runs once if the work was taken: after it, or instead of it when the loop ends
   *     first
   */
  boolean offer(Runnable work, Runnable done) {
    if (isEnded()) {
      return false;
    }
    if (offered.incrementAndGet() > offeredMax) {
      offered.decrementAndGet();
      return false;
    }
    Runnable leave =
        () -> {
          offered.decrementAndGet();
          done.run();
        };
    if (!queue.offer(new Work(work, leave))) {
      offered.decrementAndGet();
      return false;
    }
    drainIfEnded();
    return true;
  }

  /** Takes the completion of work that this loop asked for; forgets it when the loop has ended. */
  void post(Runnable completion) {
    if (isEnded()) {
      return;
    }
    if (!queue.offer(new Work(completion, StreamLoop::nothing))) {
      halt(new IllegalStateException("more than " + QUEUE_MAX + " completions wait"));
    }
    drainIfEnded();
  }

  /** Work that waits, for metrics. */
  int waiting() {
    return queue.size();
  }

  private void run() {
    long nextTick = nowMillis();
    try {
      while (!isEnded()) {
        long wait = nextTick - nowMillis();
        @Nullable Work work = wait > 0 ? queue.poll(wait, TimeUnit.MILLISECONDS) : queue.poll();
        if (work != null && !isEnded()) {
          run(work);
        } else if (work != null) {
          work.done().run();
        }
        long now = nowMillis();
        if (now >= nextTick && !isEnded()) {
          onTick.accept(now);
          nextTick = now + tickMillis;
        }
      }
    } catch (InterruptedException e) {
      closed = true;
    } catch (RuntimeException | Error e) {
      halt(e);
    }
    drainIfEnded();
    tellHalt();
  }

  private static void nothing() {}

  private static void run(Work work) {
    try {
      work.step().run();
    } finally {
      work.done().run();
    }
  }

  /**
   * Stops the stream for good: a contradiction was found, and going on could do harm. Any thread;
   * no step begins after it, and {@code onHalt} runs on the loop's thread.
   */
  void halt(Throwable cause) {
    if (!closed && haltCause.compareAndSet(null, cause)) {
      LOG.error(
          "stream loop {} halted; the node goes on without it. Report this with the log",
          name,
          cause);
      drainIfEnded();
      boolean isWoken = queue.offer(new Work(StreamLoop::nothing, StreamLoop::nothing));
      LOG.debug("stream loop {} ends, woken {}", name, isWoken);
    }
  }

  private void tellHalt() {
    @Nullable Throwable cause = haltCause.get();
    if (cause != null) {
      onHalt.accept(cause);
    }
  }

  boolean isHalted() {
    return haltCause.get() != null;
  }

  private boolean isEnded() {
    return closed || isHalted();
  }

  /** What will not be worked off any more is let go, so that no connection waits for it. */
  private void drainIfEnded() {
    if (!isEnded()) {
      return;
    }
    for (Work work = queue.poll(); work != null; work = queue.poll()) {
      work.done().run();
    }
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
    drainIfEnded();
  }
}
