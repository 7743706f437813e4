package dev.mallard.c3b.send;

import dev.mallard.c3b.StateSink;
import dev.mallard.c3b.schedule.SendPair;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.stake.Quorum;
import dev.mallard.stake.StakeTally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bundle in flight: who is known to hold it, who complains, and which resend round it is in. */
public final class OutboundBundle {
  private final CertifiedBundle bundle;
  private final Quorum quorum;
  private final StakeTally holders;
  private final boolean isFresh;
  private final long certifiedAt;
  private long openedAt;
  private int round;
  private boolean isQuacked;
  private boolean isComplainedAbout;
  private @Nullable StakeTally complaints;
  private @Nullable List<SendPair> pairs;

  /**
   * @param quorum the destination's
   * @param isFresh whether it was certified in this life of the process, so that its delays mean
   *     something
   * @param now when it came into flight, which starts its first round
   */
  public OutboundBundle(CertifiedBundle bundle, Quorum quorum, boolean isFresh, long now) {
    this.bundle = bundle;
    this.quorum = quorum;
    this.holders = quorum.newTally();
    this.isFresh = isFresh;
    this.certifiedAt = now;
    this.openedAt = now;
  }

  /** What is sent. */
  public CertifiedBundle bundle() {
    return bundle;
  }

  /** Its number. */
  public long sequence() {
    return bundle.sequence();
  }

  /** Its payload in bytes, as the byte window counts it ([SEND-2]). */
  public int sizeBytes() {
    return bundle.body().sizeBytes();
  }

  /** A time of the active clock. */
  public long certifiedAt() {
    return certifiedAt;
  }

  /** When the present round began. */
  public long openedAt() {
    return openedAt;
  }

  /** 0 for the first crossing. */
  public int round() {
    return round;
  }

  /** Destination replicas that acknowledged it. */
  public StakeTally holders() {
    return holders;
  }

  /**
   * Whether its delay tells of the network and not of a resend or of our own restart (Karn). Where
   * somebody complained, other senders may have resent it before this one got to hear enough.
   */
  public boolean isSample() {
    return isFresh && !isComplainedAbout;
  }

  /**
   * A replica is known to hold it.
   *
   * @return whether that was news
   */
  public boolean onHolder(int replica) {
    if (complaints != null) {
      complaints.remove(replica);
    }
    return holders.add(replica);
  }

  /** Whether it has a quack of its own now and had none before ([QUACK-1]). */
  public boolean isNewlyQuacked() {
    if (isQuacked || !holders.reaches(quorum.quack())) {
      return false;
    }
    isQuacked = true;
    return true;
  }

  /**
   * A replica complains, once a round at most.
   *
   * @return whether enough stake complains that it counts as lost ([LOSS-1])
   */
  public boolean onComplaint(int replica) {
    if (complaints == null) {
      complaints = quorum.newTally();
    }
    complaints.add(replica);
    isComplainedAbout = true;
    return complaints.reaches(quorum.complaint());
  }

  /**
   * Begins the next resend round; complaints start anew ([LOSS-2]).
   *
   * @param allPairs of this bundle; after the last the walk starts over
   * @return whose turn it is
   */
  public SendPair openRound(List<SendPair> allPairs, long now) {
    pairs = allPairs;
    round++;
    openedAt = now;
    complaints = null;
    return allPairs.get(round % allPairs.size());
  }

  /** Its retransmission pairs, once a round was opened. */
  public @Nullable List<SendPair> pairs() {
    return pairs;
  }

  /**
   * For {@link StateSink}; {@link dev.mallard.c3b.quack.Evidence} describes how its rounds stand.
   *
   * @param overdueMillis the shortest time-out
   * @param ageMax the longest: older makes no difference
   */
  public void describeState(
      StateSink sink, long now, int replicas, long overdueMillis, long ageMax) {
    boolean isTimed = overdueMillis < ageMax; // else what is measured decides nothing
    boolean isMeasuredLater = isTimed && isSample() && holders.size() < replicas;
    for (int j = 0; j < replicas; j++) {
      StakeTally complaining = complaints;
      sink.put(
          (holders.contains(j) ? 1 : 0) + (complaining != null && complaining.contains(j) ? 2 : 0));
    }
    sink.put(isQuacked);
    sink.put(isMeasuredLater);
    sink.putAge(now, certifiedAt, isMeasuredLater ? Long.MAX_VALUE : overdueMillis);
    sink.putAge(now, openedAt, ageMax);
  }
}
