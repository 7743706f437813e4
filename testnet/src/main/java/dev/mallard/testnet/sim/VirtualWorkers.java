package dev.mallard.testnet.sim;

import dev.mallard.replica.Workers;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Workers in virtual time: work takes a while, and dies with its process; only so much may wait.
 */
final class VirtualWorkers implements Workers {
  private final Timeline time;
  private final LongSupplier delayMillis;
  private final int waitingMax;
  private final BooleanSupplier isAlive;
  private int waiting;

  VirtualWorkers(Timeline time, LongSupplier delayMillis, int waitingMax, BooleanSupplier isAlive) {
    this.time = time;
    this.delayMillis = delayMillis;
    this.waitingMax = waitingMax;
    this.isAlive = isAlive;
  }

  @Override
  public boolean offer(Runnable work, Runnable failed) {
    if (waiting >= waitingMax) {
      return false;
    }
    long delay = delayMillis.getAsLong();
    if (delay == 0) {
      run(work, failed);
    } else {
      waiting++;
      time.after(
          delay,
          () -> {
            waiting--;
            if (isAlive.getAsBoolean()) {
              run(work, failed);
            }
          });
    }
    return true;
  }

  private static void run(Runnable work, Runnable failed) {
    try {
      work.run();
    } catch (Violation violation) {
      throw violation;
    } catch (RuntimeException | Error bug) {
      failed.run();
    }
  }
}
