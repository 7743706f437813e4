package dev.mallard.c3b.quack;

import dev.mallard.c3b.StateSink;
import dev.mallard.c3b.StepClock;

/**
 * What the acks of one destination replica say about losses ([LOSS-1]). A single late ack proves
 * little: it may have waited in a queue. So a complaint takes two, apart in time: one that arrived
 * when the bundle was already overdue, and a later one that still shows it missing. Times are
 * {@link StepClock#active} ones.
 */
public final class Evidence {
  private final LossTimer timer;
  private final long confirmMillis;
  private long anchorAt = StepClock.LONG_AGO;
  private long heldCertifiedAt = StepClock.LONG_AGO;

  /**
   * @param confirmMillis how far apart two acks must be
   */
  public Evidence(LossTimer timer, long confirmMillis) {
    this.timer = timer;
    this.confirmMillis = confirmMillis;
  }

  /**
   * The replica turned out to hold a bundle.
   *
   * @param certifiedAt when that bundle was certified here: the ack that says so was sent later
   */
  public void onHeld(long certifiedAt) {
    heldCertifiedAt = Math.max(heldCertifiedAt, certifiedAt);
  }

  /** A bundle that crossed once was acknowledged for the first time by this replica. */
  public void onSample(long delayMillis) {
    timer.onSample(delayMillis);
  }

  /**
   * An ack was judged; it becomes the earlier one of the next pair if the last such is old enough.
   */
  public void onJudged(long now) {
    if (isConfirming(now)) {
      anchorAt = now;
    }
  }

  /**
   * Whether an ack that arrives now and shows a bundle missing is a complaint.
   *
   * @param openedAt when the bundle's present round began
   * @param pairMillis how long whoever carries it may take, if longer than usual
   */
  public boolean isComplaint(long now, long openedAt, int round, long pairMillis) {
    return isConfirming(now)
        && anchorAt >= openedAt + Math.max(pairMillis, patience(openedAt, round));
  }

  /**
   * Backing off is for silence: with a replica that got what was certified a timeout later, waiting
   * longer is pointless.
   */
  private long patience(long openedAt, int round) {
    long base = timer.timeoutMillis();
    return heldCertifiedAt >= openedAt + base ? base : timer.timeoutMillis(round);
  }

  /**
   * Whether an ack that arrives now may be the later one of a pair: otherwise it is no complaint.
   */
  public boolean isConfirming(long now) {
    return now - anchorAt >= confirmMillis;
  }

  /** For {@link StateSink}; beside it goes what {@link #describeOf} says of each bundle. */
  public void describeState(StateSink sink, long now) {
    timer.describeState(sink);
    sink.putAge(now, anchorAt, confirmMillis);
  }

  /**
   * For {@link StateSink}: how this evidence weighs for a bundle, by when its round began. Less
   * than the shortest time-out is all the same, and so is more than the longest.
   */
  public void describeOf(StateSink sink, long openedAt, int round, int pairs) {
    sink.put(Math.clamp(anchorAt - openedAt, timer.minMillis() - 1, timer.maxMillis()));
    sink.put(Math.clamp(heldCertifiedAt - openedAt, timer.minMillis() - 1, timer.maxMillis()));
    timer.describeRound(sink, round, pairs);
  }
}
