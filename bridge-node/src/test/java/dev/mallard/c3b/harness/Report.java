package dev.mallard.c3b.harness;

import dev.mallard.c3b.Effect;
import dev.mallard.c3b.PeerFault;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What a run cost. */
public final class Report {
  private final Map<Long, Integer> crossings = new TreeMap<>();
  private final Map<PeerFault, Integer> faults = new EnumMap<>(PeerFault.class);
  private int resends;
  private int rounds;
  private int acks;
  private int announces;
  private int broadcasts;
  private long deliveredAt;

  void onCrossing(Effect.SendBundle send) {
    crossings.merge(send.bundle().sequence(), 1, Integer::sum);
    resends += send.round() > 0 ? 1 : 0;
  }

  void onRound() {
    rounds++;
  }

  void onAck() {
    acks++;
  }

  void onAnnounce() {
    announces++;
  }

  void onBroadcast() {
    broadcasts++;
  }

  void onFault(Effect.PeerFaulted faulted) {
    faults.merge(faulted.fault(), 1, Integer::sum);
  }

  void onDelivered(long now) {
    deliveredAt = now;
  }

  /** By bundle: how often it crossed between the RSMs. */
  public Map<Long, Integer> crossings() {
    return crossings;
  }

  /** By kind: how often a correct or lying replica turned something down. */
  public Map<PeerFault, Integer> faults() {
    return faults;
  }

  public int resends() {
    return resends;
  }

  /** Resends of bundles with higher numbers. */
  public int resendsBeyond(long sequence) {
    return crossings.entrySet().stream()
        .filter(each -> each.getKey() > sequence)
        .mapToInt(each -> each.getValue() - 1)
        .sum();
  }

  public int rounds() {
    return rounds;
  }

  public int acks() {
    return acks;
  }

  public int announces() {
    return announces;
  }

  public int broadcasts() {
    return broadcasts;
  }

  /** When the last bundle was delivered and quacked everywhere. */
  public long deliveredAt() {
    return deliveredAt;
  }

  @Override
  public String toString() {
    return Story.line(
        "%d bundles, %d resends, %d rounds, %d acks, %d announcements, %d broadcasts, faults %s, done at %d ms",
        crossings.size(), resends, rounds, acks, announces, broadcasts, faults, deliveredAt);
  }
}
