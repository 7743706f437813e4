package dev.mallard.c3b.send;

import dev.mallard.c3b.StateSink;
import dev.mallard.c3b.StepClock;
import java.util.BitSet;

/**
 * When the last bundles were certified here, also those that are quacked already: what crosses late
 * tells how slow its pair is ([LOSS-1]). Times are {@link StepClock#active} ones.
 */
public final class CertifiedTimes {
  private final long[] times;
  private final BitSet complainedAbout = new BitSet();
  private long first = 1;
  private long last;

  /**
   * @param bundles remembered
   */
  public CertifiedTimes(int bundles) {
    this.times = new long[bundles];
  }

  /** A bundle was certified now, in this life of the process. */
  public void onCertified(long sequence, long now) {
    if (sequence != last + 1) {
      first = sequence;
    }
    last = sequence;
    first = Math.max(first, last - times.length + 1);
    times[slot(sequence)] = now;
    complainedAbout.clear(slot(sequence));
  }

  /**
   * Somebody missed it: from now on its delays may be those of a resend (Karn), perhaps of one by
   * another sender that got to hear enough complaints before this one.
   */
  public void onComplaint(long sequence) {
    if (isKnown(sequence)) {
      complainedAbout.set(slot(sequence));
    }
  }

  /** Whether its delays tell of the network, and not of a resend or of our own restart. */
  public boolean isSample(long sequence) {
    return isKnown(sequence) && !complainedAbout.get(slot(sequence));
  }

  /** Whether it is remembered, and was certified in this life. */
  public boolean isKnown(long sequence) {
    return sequence >= first && sequence <= last;
  }

  /** {@link StepClock#LONG_AGO} if that is not known. */
  public long of(long sequence) {
    return isKnown(sequence) ? times[slot(sequence)] : StepClock.LONG_AGO;
  }

  /**
   * For {@link StateSink}.
   *
   * @param ageMax longer delays all count as this one
   */
  public void describeState(StateSink sink, long now, long ageMax) {
    sink.put(first);
    sink.put(last);
    for (long k = first; k <= last; k++) {
      sink.putAge(now, of(k), ageMax);
      sink.put(isSample(k));
    }
  }

  private int slot(long sequence) {
    return (int) (sequence % times.length);
  }
}
