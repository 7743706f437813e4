package dev.mallard.app;

import dev.mallard.replica.StreamLoop;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A loop on a thread of its own. Idle, it ticks rarely, so that a quiet node costs little. */
final class ThreadLoop implements StreamLoop {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadLoop.class);
  private static final long NANOS_PER_MILLI = 1_000_000L;

  /** Far above what the windows of the state machines let be under way: reaching it is a bug. */
  static final int QUEUE_MAX = 1 << 17;

  private final String name;
  private final LoopLimits limits;
  private final LinkedBlockingQueue<Work> queue = new LinkedBlockingQueue<>(QUEUE_MAX);
  private final AtomicInteger offered = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> haltCause = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean closed;
  private @Nullable Driven driven;

  /**
   * A step of the loop.
   *
   * @param done runs whatever becomes of the step, for a peer's connection waits for it
   */
  private record Work(Runnable step, Runnable done) {}

  /** A loop that is not running yet. */
  ThreadLoop(String name, LoopLimits limits) {
    this.name = name;
    this.limits = limits;
    this.thread = new Thread(this::run, name);
  }

  @Override
  public void start(Driven toDrive) {
    driven = toDrive;
    thread.start();
  }

  @Override
  public long nowMillis() {
    return System.nanoTime() / NANOS_PER_MILLI;
  }

  @Override
  public long wallMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public boolean offer(Runnable work, Runnable done) {
    if (isEnded()) {
      return false;
    }
    if (offered.incrementAndGet() > limits.offeredMax()) {
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

  @Override
  public void post(Runnable completion) {
    if (isEnded()) {
      return;
    }
    if (!queue.offer(new Work(completion, ThreadLoop::nothing))) {
      halt(new IllegalStateException("more than " + QUEUE_MAX + " completions wait"));
    }
    drainIfEnded();
  }

  @Override
  public int waiting() {
    return queue.size();
  }

  private void run() {
    Driven drives = Objects.requireNonNull(driven);
    try {
      @Nullable Work handedOver =
          queue.poll(); // what a stream remembers comes before its first tick
      if (handedOver != null) {
        run(handedOver);
      }
      long lastTick = isEnded() ? nowMillis() : tick(drives);
      while (!isEnded()) {
        long wait = lastTick + tickMillis(drives) - nowMillis();
        @Nullable Work work = wait > 0 ? queue.poll(wait, TimeUnit.MILLISECONDS) : queue.poll();
        if (work != null && !isEnded()) {
          run(work);
        } else if (work != null) {
          work.done().run();
        }
        if (nowMillis() - lastTick >= tickMillis(drives) && !isEnded()) {
          lastTick = tick(drives);
        }
      }
    } catch (InterruptedException e) {
      closed = true;
    } catch (RuntimeException | Error e) {
      halt(e);
    }
    drainIfEnded();
    tellHalt(drives);
  }

  private long tick(Driven drives) {
    long now = nowMillis();
    drives.onTick(now);
    return now;
  }

  private int tickMillis(Driven drives) {
    return drives.isIdle() ? limits.idleTickMillis() : limits.tickMillis();
  }

  private static void nothing() {}

  private static void run(Work work) {
    try {
      work.step().run();
    } finally {
      work.done().run();
    }
  }

  /** {@inheritDoc} {@code onHalt} runs on the loop's thread. */
  @Override
  public void halt(Throwable cause) {
    if (!closed && haltCause.compareAndSet(null, cause)) {
      LOG.error(
          "stream loop {} halted; the node goes on without it. Report this with the log",
          name,
          cause);
      drainIfEnded();
      boolean isWoken = queue.offer(new Work(ThreadLoop::nothing, ThreadLoop::nothing));
      LOG.debug("stream loop {} ends, woken {}", name, isWoken);
    }
  }

  private void tellHalt(Driven drives) {
    @Nullable Throwable cause = haltCause.get();
    if (cause != null) {
      drives.onHalt(cause);
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
