package dev.mallard.testnet.sim;

import dev.mallard.replica.StreamLoop;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream's loop in virtual time: one step at a time, at once or after a lag, ticking rarely while
 * idle as a node's does.
 */
final class VirtualLoop implements StreamLoop {
  /** Hears of every step, for checkers; and of the end. */
  interface Watch {
    void onStep();

    void onHalt(Throwable cause);
  }

  /**
   * How fast a loop is.
   *
   * @param lagMillis until work that was handed over is begun
   */
  record Pace(int tickMillis, int idleTickMillis, int offeredMax, LongSupplier lagMillis) {}

  private record Work(Runnable step, @Nullable Runnable done) {}

  private final Timeline time;
  private final Pace pace;
  private final Watch watch;
  private final ArrayDeque<Work> queue = new ArrayDeque<>();
  private @Nullable Driven driven;
  private int offered;
  private boolean isRunning;
  private boolean isEnded;
  private boolean isDrainDue;
  private long lastTickAt;
  private long nextTickAt;
  private int tickPlan;

  VirtualLoop(Timeline time, Pace pace, Watch watch) {
    this.time = time;
    this.pace = pace;
    this.watch = watch;
  }

  @Override
  public void start(Driven toDrive) {
    driven = toDrive;
    lastTickAt = time.now() - pace.tickMillis();
    nextTickAt = time.now();
    drain();
    planTick(time.now());
  }

  @Override
  public long nowMillis() {
    return time.now();
  }

  @Override
  public long wallMillis() {
    return time.now();
  }

  @Override
  public boolean offer(Runnable work, Runnable done) {
    if (isEnded || offered >= pace.offeredMax()) {
      return false;
    }
    offered++;
    queue.add(new Work(work, done));
    runSoon();
    return true;
  }

  @Override
  public void post(Runnable completion) {
    if (!isEnded) {
      queue.add(new Work(completion, null));
      runSoon();
    }
  }

  private void runSoon() {
    if (driven == null || isRunning || isDrainDue || queue.isEmpty()) {
      return;
    }
    long lag = pace.lagMillis().getAsLong();
    if (lag == 0) {
      drain();
    } else {
      isDrainDue = true;
      time.after(
          lag,
          () -> {
            isDrainDue = false;
            drain();
          });
    }
  }

  private void drain() {
    while (!queue.isEmpty() && !isEnded) {
      Work work = queue.remove();
      step(work.step());
      if (work.done() != null) {
        offered--;
        work.done().run();
      }
    }
    hasten();
  }

  private void step(Runnable step) {
    isRunning = true;
    try {
      step.run();
      watch.onStep();
    } catch (Violation violation) {
      throw violation;
    } catch (RuntimeException | Error bug) {
      halt(bug);
    } finally {
      isRunning = false;
    }
  }

  private void tick() {
    lastTickAt = time.now();
    Driven drives = driven;
    if (drives != null) {
      step(() -> drives.onTick(time.now()));
      drain();
      planTick(time.now() + (drives.isIdle() ? pace.idleTickMillis() : pace.tickMillis()));
    }
  }

  /** Work made a quiet loop busy: its next tick is due earlier. */
  private void hasten() {
    Driven drives = driven;
    long due = Math.max(time.now(), lastTickAt + pace.tickMillis());
    if (drives != null && due < nextTickAt && !drives.isIdle()) {
      planTick(due);
    }
  }

  private void planTick(long at) {
    int plan = ++tickPlan;
    nextTickAt = at;
    time.after(
        at - time.now(),
        () -> {
          if (plan == tickPlan && !isEnded) {
            tick();
          }
        });
  }

  @Override
  public void halt(Throwable cause) {
    if (!isEnded) {
      isEnded = true;
      watch.onHalt(cause);
      Driven drives = driven;
      if (drives != null) {
        drives.onHalt(cause);
      }
    }
  }

  @Override
  public int waiting() {
    return queue.size();
  }

  @Override
  public void close() {
    isEnded = true;
    queue.clear();
  }
}
