package dev.mallard.c3b.quack;

import dev.mallard.c3b.StateSink;
import dev.mallard.c3b.schedule.SendPair;
import java.util.LinkedHashMap;

/**
 * Pairs of replicas that are slower than others. What they carry is overtaken by what others carry,
 * so it shows as missing long before it is late, and by {@link LossTimer} alone would be sent again
 * each time ([LOSS-1]). A pair becomes known as slow by what crosses between the two although
 * somebody had missed it. One between which nothing crosses any more is down, and is not waited
 * for.
 *
 * <p>Whoever withholds bundles could claim to be slow; so nobody is waited for longer than twice
 * the initial time-out, and what takes longer than that shows nothing but that waiting is in vain.
 */
public final class SlowPairs {
  /** Pairs remembered; the longest known are forgotten and learnt anew. */
  static final int PAIRS_MAX = 4096;

  /** Losses in a row, without a crossing, after which a pair is down. */
  static final int LOSSES_MAX = 4;

  private static final int PATIENCE_FACTOR = 2;

  private static final class SlowPair {
    private final LossTimer delays;
    private int losses;

    SlowPair(LossTimer delays) {
      this.delays = delays;
    }
  }

  private final long initialMillis;
  private final long minMillis;
  private final long patienceMillisMax;
  private final LinkedHashMap<SendPair, SlowPair> slow = new LinkedHashMap<>();

  /**
   * @param initialMillis the time-out before anything is measured
   * @param minMillis the least
   * @param maxMillis the longest
   */
  public SlowPairs(long initialMillis, long minMillis, long maxMillis) {
    this.initialMillis = initialMillis;
    this.minMillis = minMillis;
    this.patienceMillisMax = Math.min(PATIENCE_FACTOR * initialMillis, maxMillis);
  }

  /** Silence about a bundle that this pair carries means nothing before; 0 if the pair is quick. */
  public long patienceMillis(SendPair pair) {
    SlowPair known = slow.get(pair);
    return known == null ? 0 : known.delays.timeoutMillis();
  }

  /**
   * Whether a bundle took so long because of its pair, which says nothing of who acknowledged it.
   */
  public boolean isExplaining(SendPair pair, long delayMillis) {
    SlowPair known = slow.get(pair);
    return known != null && delayMillis <= known.delays.timeoutMillis();
  }

  /**
   * The pair's receiver says that a bundle came from the pair's sender.
   *
   * @param delayMillis from its certification here to that word
   * @param isInTime whether nobody missed it
   */
  public void onCrossing(SendPair pair, long delayMillis, boolean isInTime) {
    SlowPair known = slow.get(pair);
    boolean isWorthWaiting = delayMillis <= patienceMillisMax;
    if (!isWorthWaiting || (known == null && isInTime)) {
      return;
    }
    if (known == null) {
      known = new SlowPair(new LossTimer(initialMillis, minMillis, patienceMillisMax));
      slow.put(pair, known);
    }
    known.losses = 0;
    known.delays.onSample(delayMillis);
    if (known.delays.timeoutMillis() <= minMillis) {
      slow.remove(pair);
    } else if (slow.size() > PAIRS_MAX) {
      slow.pollFirstEntry();
    }
  }

  /** What the pair was to carry counts as lost. */
  public void onLost(SendPair pair) {
    SlowPair known = slow.get(pair);
    if (known != null && ++known.losses >= LOSSES_MAX) {
      slow.remove(pair);
    }
  }

  /** For {@link StateSink}. */
  public void describeState(StateSink sink) {
    sink.put(slow.size());
    slow.forEach((pair, known) -> {
      sink.put(pair.sender());
      sink.put(pair.receiver());
      sink.put(known.losses);
      known.delays.describeState(sink);
    });
  }
}
