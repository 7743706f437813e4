package dev.mallard.testnet.sim;

import dev.mallard.c3b.C3bParameters;

/**
 * How often one replica may acknowledge to each replica of a source ([ACK-2]), by what it went
 * through. Acks go round, so each source replica gets
 *
 * <ul>
 *   <li>one at the start, and one for each growth of p;
 *   <li>one more when something begins to be missing, and then one each time that a sweep can have
 *       come round: it takes at most eight steps an ack interval apart, and rests for two;
 *   <li>one when it shows that it lacks one ({@link #answersMax});
 *   <li>its share of the heartbeats.
 * </ul>
 *
 * What is missing is seen from outside: bundles that the source's chain has finalized. So nothing
 * here is measured on what is checked.
 */
final class AckPace {
  /** A sweep takes at most so many steps (docs of AckSchedule). */
  private static final int SWEEP_STEPS_MAX = 8;

  private final int sources;
  private final long ackIntervalMillis;
  private final long heartbeatMillis;
  private final long sweepMillis;
  private long held;
  private long grownAt;
  private long growths;
  private long sweeps;

  AckPace(C3bParameters c3b, int sources) {
    this.sources = sources;
    this.ackIntervalMillis = c3b.ackIntervalMillis();
    this.heartbeatMillis = c3b.heartbeatMillis();
    int stepReplicas = (sources + SWEEP_STEPS_MAX - 1) / SWEEP_STEPS_MAX;
    int steps = (sources + stepReplicas - 1) / stepReplicas;
    this.sweepMillis = (steps + 1) * ackIntervalMillis;
  }

  /** The replica has made a step and holds everything up to a bundle. */
  void onStep(long nowHeld, Truth source, long now) {
    if (nowHeld == held) {
      return;
    }
    long since = source.finalizedAt(held + 1);
    if (since > grownAt) {
      sweeps++; // the first one, as soon as it hears of it
    }
    sweeps += (now - Math.max(since, grownAt)) / sweepMillis;
    growths++;
    grownAt = now;
    held = nowHeld;
  }

  /**
   * Acks to one source replica by some time.
   *
   * @param asks messages of that replica that can have shown that it lacks an ack
   */
  long acksMax(long asks, long now) {
    long heartbeats = now / heartbeatMillis / sources + 1;
    return 2 + growths + sweeps + Math.min(asks, answersMax(now)) + heartbeats;
  }

  /** Pauses between two answers double from two ack intervals to a heartbeat, anew with p. */
  private long answersMax(long now) {
    long doublings = 64L - Long.numberOfLeadingZeros(heartbeatMillis / (2 * ackIntervalMillis));
    return (growths + 1) * (1 + doublings) + now / heartbeatMillis;
  }
}
