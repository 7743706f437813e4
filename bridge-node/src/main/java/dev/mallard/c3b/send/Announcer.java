package dev.mallard.c3b.send;

import dev.mallard.c3b.StateSink;
import dev.mallard.c3b.StepClock;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * When to tell destination replicas how far the source is without a bundle to carry it ([SEND-3]).
 * A replica that was never told of the newest bundle cannot complain about it, so a sender that
 * waits in silence goes round all that lag; ever more rarely while nothing changes.
 */
public final class Announcer {
  /** A sweep takes at most this many ticks, however many replicas the destination has. */
  private static final int SWEEP_STEPS_MAX = 16;

  private final int receivers;
  private final int stepReplicas;
  private final long gapMillisMin;
  private final long gapMillisMax;
  private final long[] answeredAt;
  private final long[] answerGapMillis;
  private int next;
  private int owed;
  private long sweepGapMillis;
  private long silentSince = StepClock.LONG_AGO;

  /**
   * @param self this replica's index; senders start their rounds at different replicas
   * @param gapMillisMin silence before the first sweep
   * @param gapMillisMax silence between sweeps when nothing changes for long
   */
  public Announcer(int receivers, int self, long gapMillisMin, long gapMillisMax) {
    this.receivers = receivers;
    this.stepReplicas = (receivers + SWEEP_STEPS_MAX - 1) / SWEEP_STEPS_MAX;
    this.gapMillisMin = gapMillisMin;
    this.gapMillisMax = Math.max(gapMillisMin, gapMillisMax);
    this.answeredAt = new long[receivers];
    this.answerGapMillis = new long[receivers];
    this.next = self % receivers;
    this.owed = receivers;
    this.sweepGapMillis = gapMillisMin;
    Arrays.fill(answerGapMillis, gapMillisMin);
  }

  /** Something was acknowledged or certified: no reason to speak for a while. */
  public void onNews(long now) {
    silentSince = now;
    sweepGapMillis = gapMillisMin;
  }

  /** The frontier moved: those who lag may be told of it afresh. */
  public void onQuacked() {
    Arrays.fill(answerGapMillis, gapMillisMin);
  }

  /**
   * A tick: begins a sweep when it is time, and goes one step on with one that has begun.
   *
   * @param isOutstanding whether a bundle waits for its quack
   * @param isBehind whether a replica has yet to acknowledge something
   */
  public void sendDue(
      long now, boolean isOutstanding, IntPredicate isBehind, IntConsumer announce) {
    if (owed == 0 && isOutstanding && now - silentSince >= sweepGapMillis) {
      owed = receivers;
      silentSince = now;
      sweepGapMillis = Math.min(2 * sweepGapMillis, gapMillisMax);
    }
    for (int sent = 0; owed > 0 && sent < stepReplicas; owed--) {
      int replica = next;
      next = (next + 1) % receivers;
      if (isBehind.test(replica)) {
        announce.accept(replica);
        sent++;
      }
    }
  }

  /**
   * A replica's ack showed that it lags behind what has long been quacked: it is told so, at a
   * falling rate ([GC-2]).
   */
  public void answer(int replica, long now, IntConsumer announce) {
    if (now - answeredAt[replica] >= answerGapMillis[replica]) {
      answeredAt[replica] = now;
      answerGapMillis[replica] = Math.min(2 * answerGapMillis[replica], gapMillisMax);
      announce.accept(replica);
    }
  }

  /** For {@link StateSink}. */
  public void describeState(StateSink sink, long now) {
    for (int j = 0; j < receivers; j++) {
      sink.put(answerGapMillis[j]);
      sink.putAge(now, answeredAt[j], Math.max(answerGapMillis[j], gapMillisMin));
    }
    sink.put(next);
    sink.put(owed);
    sink.put(sweepGapMillis);
    sink.putAge(now, silentSince, sweepGapMillis);
  }
}
