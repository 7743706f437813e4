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
  private final long certifiedAt;
  private SendPair pair;
  private long openedAt;
  private int round;
  private boolean isQuacked;
  private @Nullable StakeTally complaints;
  private @Nullable List<SendPair> pairs;

  /**
   * @param quorum the destination's
   * @param firstPair who sends it first, to whom
   * @param now when it came into flight, which starts its first round
   */
  public OutboundBundle(CertifiedBundle bundle, Quorum quorum, SendPair firstPair, long now) {
    this.bundle = bundle;
    this.pair = firstPair;
    this.quorum = quorum;
    this.holders = quorum.newTally();
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
    pair = allPairs.get(round % allPairs.size());
    return pair;
  }

  /** Who is to carry it in the present round. */
  public SendPair pair() {
    return pair;
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
    for (int j = 0; j < replicas; j++) {
      StakeTally complaining = complaints;
      sink.put(
          (holders.contains(j) ? 1 : 0) + (complaining != null && complaining.contains(j) ? 2 : 0));
    }
    sink.put(isQuacked);
    sink.putAge(now, certifiedAt, overdueMillis);
    sink.putAge(now, openedAt, ageMax);
  }
}
