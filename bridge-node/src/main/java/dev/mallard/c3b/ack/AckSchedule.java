package dev.mallard.c3b.ack;

import dev.mallard.c3b.StateSink;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * When to acknowledge to which replica of the source ([ACK-2]). Acks go round in sweeps: each
 * growth of p owes every source replica one ack, sent in steps an ack interval apart. While
 * something is missing, sweeps repeat, ever more slowly as long as nothing changes, so that nobody
 * can make this replica chatter. Otherwise a slow heartbeat goes round.
 */
public final class AckSchedule {
  /** A sweep takes at most this many steps, however many replicas the source has. */
  private static final int SWEEP_STEPS_MAX = 8;

  private final int sources;
  private final int stepReplicas;
  private final long ackIntervalMillis;
  private final long heartbeatMillis;
  private final long[] sentAt;
  private final long[] askedAt;
  private final long[] answerGapMillis;
  private final BitSet asking = new BitSet();
  private int next;
  private int owed;
  private long lastStepAt;
  private long sweepGapMillis;

  /**
   * @param sources replicas of the source
   * @param self this replica's index; acknowledgers start their rounds at different replicas
   * @param ackIntervalMillis between two steps of a sweep
   * @param heartbeatMillis between two acks of an idle stream, and the longest pause between sweeps
   */
  public AckSchedule(int sources, int self, long ackIntervalMillis, long heartbeatMillis) {
    this.sources = sources;
    this.stepReplicas = (sources + SWEEP_STEPS_MAX - 1) / SWEEP_STEPS_MAX;
    this.ackIntervalMillis = ackIntervalMillis;
    this.heartbeatMillis = heartbeatMillis;
    this.sentAt = new long[sources];
    this.askedAt = new long[sources];
    this.answerGapMillis = new long[sources];
    this.next = self % sources;
    this.owed = sources;
    resetPace();
  }

  /** p has grown: everybody is to hear of it, and the pace is that of a live stream again. */
  public void onProgress() {
    owed = sources;
    resetPace();
  }

  /**
   * Something beyond p was received or believed: what is missing is worth telling at a live pace.
   */
  public void onNews() {
    sweepGapMillis = 2 * ackIntervalMillis;
  }

  /**
   * A source replica showed that it may lack an ack; it is answered soon, unless a sweep comes by
   * first.
   */
  public void onAsked(int replica, long now) {
    if (!asking.get(replica)) {
      asking.set(replica);
      askedAt[replica] = now;
    }
  }

  /**
   * Sends what is due.
   *
   * @param isOutstanding whether bundles beyond p are known to exist
   * @param isStillAsking whether a replica that asked still seems to lack an ack
   */
  public void sendDue(
      long now, boolean isOutstanding, IntPredicate isStillAsking, IntConsumer sendAck) {
    sendStep(now, isOutstanding, sendAck);
    answer(now, isStillAsking, sendAck);
  }

  /** Whether everybody has been told and nobody asks: only heartbeats are due. */
  public boolean isSettled() {
    return owed == 0 && asking.isEmpty();
  }

  private void sendStep(long now, boolean isOutstanding, IntConsumer sendAck) {
    long sinceStep = now - lastStepAt;
    if (owed == 0 && isOutstanding && sinceStep >= sweepGapMillis) {
      owed = sources;
      sweepGapMillis = Math.min(2 * sweepGapMillis, heartbeatMillis);
    }
    if (owed > 0 && sinceStep >= ackIntervalMillis) {
      lastStepAt = now;
      int count = Math.min(stepReplicas, owed);
      owed -= count;
      for (int i = 0; i < count; i++) {
        sendNext(now, sendAck);
      }
    } else if (owed == 0 && sinceStep >= heartbeatMillis) {
      lastStepAt = now;
      sendNext(now, sendAck);
    }
  }

  private void sendNext(long now, IntConsumer sendAck) {
    int replica = next;
    next = (next + 1) % sources;
    send(replica, now, sendAck);
  }

  private void answer(long now, IntPredicate isStillAsking, IntConsumer sendAck) {
    for (int i = asking.nextSetBit(0); i >= 0; i = asking.nextSetBit(i + 1)) {
      if (sentAt[i] > askedAt[i] || !isStillAsking.test(i)) {
        asking.clear(i);
      } else if (now - askedAt[i] >= ackIntervalMillis && now - sentAt[i] >= answerGapMillis[i]) {
        asking.clear(i);
        answerGapMillis[i] = Math.min(2 * answerGapMillis[i], heartbeatMillis);
        send(i, now, sendAck);
      }
    }
  }

  private void send(int replica, long now, IntConsumer sendAck) {
    sentAt[replica] = now;
    sendAck.accept(replica);
  }

  private void resetPace() {
    sweepGapMillis = 2 * ackIntervalMillis;
    Arrays.fill(answerGapMillis, 2 * ackIntervalMillis);
  }

  /** For {@link StateSink}. */
  public void describeState(StateSink sink, long now) {
    long ageMax = Math.max(heartbeatMillis, 2 * ackIntervalMillis);
    for (int i = 0; i < sources; i++) {
      sink.putAge(now, sentAt[i], ageMax);
      sink.put(answerGapMillis[i]);
      sink.put(asking.get(i));
      if (asking.get(i)) {
        sink.put(sentAt[i] > askedAt[i]);
        sink.putAge(now, askedAt[i], ackIntervalMillis);
      }
    }
    sink.put(next);
    sink.put(owed);
    sink.putAge(now, lastStepAt, ageMax);
    sink.put(sweepGapMillis);
  }
}
