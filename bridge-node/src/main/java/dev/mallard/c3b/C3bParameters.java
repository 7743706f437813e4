package dev.mallard.c3b;

/**
 * Limits and times of one stream; the same at all replicas where a sentence says so.
 *
 * @param windowBundles W: bundles in flight beyond the quack frontier, and accepted beyond the held
 *     one ([SEND-2]); same everywhere
 * @param windowBytes B: payload bytes in flight beyond the quack frontier ([SEND-2])
 * @param phiBits φ: bundles beyond p that a phi-list speaks of ([ACK-1]), at most {@code
 *     windowBundles}
 * @param quantum q: slots a schedule apportions ([SCHED-1]); same everywhere
 * @param tickMillis how often Tick is owed while something is outstanding
 * @param lossTimeoutMillisInitial before any delay was measured; up to twice as long a replica or a
 *     link is waited for that alone is slow ([LOSS-1])
 * @param lossTimeoutMillisMin never below, so that a busy machine is not taken for a lossy one
 * @param lossTimeoutMillisMax back-off ends here
 * @param ackIntervalMillis between acks to the next source replica while something is outstanding
 *     ([ACK-2])
 * @param heartbeatMillis between acks on an idle stream ([ACK-2])
 * @param fetchBatchBundles bundles a fetch asks for at most ([GC-2])
 */
public record C3bParameters(
    int windowBundles,
    long windowBytes,
    int phiBits,
    int quantum,
    int tickMillis,
    int lossTimeoutMillisInitial,
    int lossTimeoutMillisMin,
    int lossTimeoutMillisMax,
    int ackIntervalMillis,
    int heartbeatMillis,
    int fetchBatchBundles) {

  /**
   * No stream gets that far; higher numbers are lies, and cutting them here keeps arithmetic on
   * them exact.
   */
  public static final long SEQUENCE_MAX = 1L << 62;

  /** Good for chains with blocks of a second or so. */
  public static C3bParameters defaults() {
    return new C3bParameters(1024, 64L << 20, 256, 256, 100, 3_000, 1_000, 30_000, 100, 3_000, 64);
  }

  public C3bParameters {
    checkPositive("windowBundles", windowBundles);
    checkPositive("windowBytes", windowBytes);
    checkPositive("phiBits", phiBits);
    checkPositive("quantum", quantum);
    checkPositive("tickMillis", tickMillis);
    checkPositive("lossTimeoutMillisMin", lossTimeoutMillisMin);
    checkPositive("ackIntervalMillis", ackIntervalMillis);
    checkPositive("fetchBatchBundles", fetchBatchBundles);
    if (phiBits > windowBundles) {
      throw new IllegalArgumentException(
          String.format(
              java.util.Locale.ROOT,
              "phiBits %d > windowBundles %d: bits beyond the window are never set; lower phiBits",
              phiBits,
              windowBundles));
    }
    if (lossTimeoutMillisInitial < lossTimeoutMillisMin
        || lossTimeoutMillisMax < lossTimeoutMillisInitial) {
      throw new IllegalArgumentException(
          String.format(
              java.util.Locale.ROOT,
              "loss timeouts must satisfy min %d <= initial %d <= max %d",
              lossTimeoutMillisMin,
              lossTimeoutMillisInitial,
              lossTimeoutMillisMax));
    }
    if (heartbeatMillis < ackIntervalMillis) {
      throw new IllegalArgumentException(
          String.format(
              java.util.Locale.ROOT,
              "heartbeatMillis %d < ackIntervalMillis %d: an idle stream would talk more than a busy one",
              heartbeatMillis,
              ackIntervalMillis));
    }
  }

  /** Whether time-outs follow measured delays; otherwise all are the same ([LOSS-1]). */
  public boolean isLossTimeoutMeasured() {
    return lossTimeoutMillisMin < lossTimeoutMillisMax;
  }

  /** How long a step may be late before the time counts as this machine's own pause ([LOSS-1]). */
  public long pauseMillisMax() {
    return 4L * tickMillis;
  }

  /** How far apart two acks must arrive to be two pieces of evidence for one loss ([LOSS-1]). */
  public long lossConfirmMillis() {
    return Math.max(2L * tickMillis, lossTimeoutMillisMin / 4);
  }

  /**
   * Silence after which a sender with outstanding bundles first speaks up ([SEND-3]); doubles up to
   * the heartbeat.
   */
  public long announceMillis() {
    return Math.max(ackIntervalMillis, lossTimeoutMillisMin / 2);
  }

  /**
   * Most bundles held beyond what the local chain has executed; beyond, a receiver takes and misses
   * nothing ([G-4]).
   */
  public long heldAheadBundles() {
    return 8L * windowBundles;
  }

  private static void checkPositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " is " + value + ", must be positive");
    }
  }
}
