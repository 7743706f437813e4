package dev.mallard.testnet.sim;

import dev.mallard.replica.Workers;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Workers in virtual time: work takes a while, and dies with its process. */
final class VirtualWorkers implements Workers {
  private final Timeline time;
  private final LongSupplier delayMillis;
  private final BooleanSupplier isAlive;

  VirtualWorkers(Timeline time, LongSupplier delayMillis, BooleanSupplier isAlive) {
    this.time = time;
    this.delayMillis = delayMillis;
    this.isAlive = isAlive;
  }

  @Override
  public boolean offer(Runnable work, Runnable failed) {
    long delay = delayMillis.getAsLong();
    if (delay == 0) {
      run(work, failed);
    } else {
      time.after(
          delay,
          () -> {
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
