package dev.mallard.testnet.sim.scale;

import java.util.List;
import java.util.function.Consumer;

/** Time spent in state machines, and how many inputs they took. */
final class Meter {
  private static final int CALIBRATIONS = 20_000;

  private final long overheadNanos;
  private long nanos;
  private long inputs;

  Meter(long overheadNanos) {
    this.overheadNanos = overheadNanos;
  }

  /** What looking at the clock twice costs here: it is taken off each measurement. */
  static long clockNanos() {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < CALIBRATIONS; i++) {
        long at = System.nanoTime();
        best = Math.min(best, Long.MAX_VALUE - Math.abs(at & 1)); // the loop must not vanish
      }
      best = Math.min(best, (System.nanoTime() - start) / CALIBRATIONS);
    }
    return best;
  }

  /** Hands a batch to a state machine. */
  <I> void run(List<I> batch, Consumer<I> step) {
    long start = System.nanoTime();
    for (int i = 0; i < batch.size(); i++) {
      step.accept(batch.get(i));
    }
    nanos += Math.max(0, System.nanoTime() - start - overheadNanos);
    inputs += batch.size();
  }

  long nanos() {
    return nanos;
  }

  long inputs() {
    return inputs;
  }
}
