package dev.mallard.c3b.receive;

import dev.mallard.c3b.StateSink;
import dev.mallard.c3b.StepClock;
import java.util.TreeMap;

/**
 * When held bundles were last broadcast. A resend that brings a held bundle says that others miss
 * it, so it is broadcast again ([RECV-2]): the first broadcast may have been lost, or the bundle
 * came from a local peer that showed it to nobody else. Not more often than resend rounds can
 * follow each other.
 */
public final class RelayMemory {
  private final long intervalMillis;
  private final int entriesMax;
  private final TreeMap<Long, Long> broadcastAt = new TreeMap<>();

  /**
   * @param intervalMillis between two broadcasts of one bundle
   * @param entriesMax bundles remembered; the oldest are forgotten
   */
  public RelayMemory(long intervalMillis, int entriesMax) {
    this.intervalMillis = intervalMillis;
    this.entriesMax = entriesMax;
  }

  /** Whether a bundle is to be broadcast once it is durable ([RECV-2]). */
  public boolean isDue(long sequence, long now) {
    return now - broadcastAt.getOrDefault(sequence, StepClock.LONG_AGO) >= intervalMillis;
  }

  /** It was broadcast: once is enough. */
  public void onBroadcast(long sequence, long now) {
    broadcastAt.put(sequence, now);
    if (broadcastAt.size() > entriesMax) {
      broadcastAt.pollFirstEntry();
    }
  }

  /** Bundles remembered. */
  public int size() {
    return broadcastAt.size();
  }

  /** Forgets what the local chain has executed. */
  public void removeUpTo(long sequence) {
    broadcastAt.headMap(sequence, true).clear();
  }

  /** For {@link StateSink}. */
  public void describeState(StateSink sink, long now) {
    sink.put(broadcastAt.size());
    broadcastAt.forEach((sequence, at) -> {
      sink.put(sequence);
      sink.putAge(now, at, intervalMillis);
    });
  }
}
