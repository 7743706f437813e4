package dev.mallard.c3b.quack;

import dev.mallard.c3b.StateSink;

/**
 * How long a replica of the destination may take to acknowledge a bundle before its silence means
 * something: smoothed delay plus four times its variation, as TCP's retransmission timer has it
 * (RFC 6298), doubled with every second resend round ([LOSS-1]): the first pairs of a walk often
 * name replicas that are down, and each of them costs a round.
 *
 * <p>Losses that others mended look like slow bundles, so what is measured may lengthen the
 * time-out only so far: to twice what it was before anything was measured, or to eight times what
 * {@link QuickDelays quick bundles} take. The first keeps a network that becomes slow, or in which
 * one replica is, from being taken for a lossy one before the quick ones are forgotten.
 */
public final class LossTimer {
  private static final int VARIATION_FACTOR = 4;
  private static final long QUICK_FACTOR = 8;
  private static final long PATIENCE_FACTOR = 2;
  private static final int DOUBLINGS_MAX = 20;
  private static final int ROUNDS_A_DOUBLING = 2;

  private final long initialMillis;
  private final long minMillis;
  private final long maxMillis;
  private boolean isMeasured;
  private long smoothedEighths;
  private long variationQuarters;
  private final QuickDelays quick = new QuickDelays();

  /**
   * @param initialMillis before the first sample
   */
  public LossTimer(long initialMillis, long minMillis, long maxMillis) {
    this.initialMillis = initialMillis;
    this.minMillis = minMillis;
    this.maxMillis = maxMillis;
  }

  /**
   * A bundle that was never resent (Karn) has been acknowledged.
   *
   * @param delayMillis from its certification here to the first ack that covers it
   */
  public void onSample(long delayMillis) {
    quick.onSample(delayMillis);
    if (!isMeasured) {
      isMeasured = true;
      smoothedEighths = delayMillis * 8;
      variationQuarters = delayMillis * 2;
      return;
    }
    long deviation = Math.abs(delayMillis - smoothedEighths / 8);
    variationQuarters += deviation - variationQuarters / 4;
    smoothedEighths += delayMillis - smoothedEighths / 8;
  }

  /** The timeout of the first round. */
  public long timeoutMillis() {
    return timeoutMillis(0);
  }

  /**
   * The timeout of a round, between the limits.
   *
   * @param round 0 for the first crossing
   */
  public long timeoutMillis(int round) {
    long measured =
        isMeasured
            ? Math.min(
                smoothedEighths / 8 + VARIATION_FACTOR * (variationQuarters / 4),
                Math.max(QUICK_FACTOR * quick.millis(), PATIENCE_FACTOR * initialMillis))
            : initialMillis;
    long base = Math.clamp(measured, minMillis, maxMillis);
    return Math.min(base << Math.min(round / ROUNDS_A_DOUBLING, DOUBLINGS_MAX), maxMillis);
  }

  /** The longest any round may take, whatever is measured. */
  public long maxMillis() {
    return maxMillis;
  }

  /** The shortest any round may take, whatever is measured. */
  public long minMillis() {
    return minMillis;
  }

  /** For {@link StateSink}; where both limits are equal what was measured decides nothing. */
  public void describeState(StateSink sink) {
    if (minMillis < maxMillis) {
      sink.put(isMeasured);
      sink.put(smoothedEighths);
      sink.put(variationQuarters);
      quick.describeState(sink);
    }
  }

  /**
   * For {@link StateSink}: the round of a bundle, as far as it decides what comes next. Once
   * backing off has reached the maximum only its place in the walk counts.
   *
   * @param pairs how many the walk has
   */
  public void describeRound(StateSink sink, int round, int pairs) {
    int backingOff = 0;
    while (backingOff / ROUNDS_A_DOUBLING < DOUBLINGS_MAX
        && minMillis << (backingOff / ROUNDS_A_DOUBLING) < maxMillis) {
      backingOff++;
    }
    // The first round is told from all others: only it is measured.
    int distinct = Math.max(1, backingOff);
    sink.put(round < distinct ? round : distinct + (round - distinct) % pairs);
    sink.put(round % pairs);
  }
}
