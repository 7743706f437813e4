package dev.mallard.testnet.sim.scale;

import java.util.Map;

/**
 * One run of one size. Everything "per bundle" is the whole run's divided by its bundles; bytes are
 * those that the node's encoder writes, entries left out.
 *
 * @param size replicas a side
 * @param crashedPercent of each side's stake that was to be down
 * @param crashedPermille of the destination's stake that was down
 * @param counts the same on every machine
 * @param measured this machine's, zero if nothing was measured
 */
public record ScaleRow(
    int size,
    ScaleStakes stakes,
    int crashedPercent,
    int crashedPermille,
    int bundles,
    Counts counts,
    Measured measured) {
  /**
   * What went over the wire.
   *
   * @param crossings bundles between the RSMs, resends included
   * @param resends of them, in resend rounds
   * @param needlessResends of those, with a copy on some live disk of the destination
   * @param roundMax the highest resend round used
   * @param pairsMax the most pairs that [SCHED-3] gives a bundle
   * @param localCopies bundles between replicas of the destination
   * @param messages by kind
   * @param bytes by kind, entries left out
   * @param certifierInputs of all live source replicas
   * @param senderInputs of all live source replicas
   * @param receiverInputs of all live destination replicas
   * @param liveSources replicas
   * @param liveDestinations replicas
   * @param certifiedMillis p50 from finalized to certified at the last replica
   * @param heldMillis p50 from finalized to held at the last replica
   * @param heldMillisMax of the slowest bundle
   * @param quackedMillis p50 from finalized to quacked at the last replica
   * @param virtualMillis how long the run took in its own time
   */
  public record Counts(
      long crossings,
      long resends,
      long needlessResends,
      int roundMax,
      int pairsMax,
      long localCopies,
      Map<String, Long> messages,
      Map<String, Long> bytes,
      long certifierInputs,
      long senderInputs,
      long receiverInputs,
      int liveSources,
      int liveDestinations,
      long certifiedMillis,
      long heldMillis,
      long heldMillisMax,
      long quackedMillis,
      long virtualMillis) {
    /** All but bundles' entries. */
    public long controlBytes() {
      return bytes.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * Times and memory.
   *
   * @param certifierNanos in all certifiers of the run
   * @param senderNanos in all senders of the run
   * @param receiverNanos in all receivers of the run
   * @param inputNanos of one input by kind, of one replica alone
   * @param certifierBytes on the heap, of one replica halfway
   * @param senderBytes on the heap, of one replica halfway
   * @param receiverBytes on the heap, of one replica halfway
   * @param runMillis how long the run took here
   */
  public record Measured(
      long certifierNanos,
      long senderNanos,
      long receiverNanos,
      Map<String, Long> inputNanos,
      long certifierBytes,
      long senderBytes,
      long receiverBytes,
      long runMillis) {
    static final Measured NOTHING = new Measured(0, 0, 0, Map.of(), 0, 0, 0, 0);

    /** In all state machines of the run. */
    public long coreNanos() {
      return certifierNanos + senderNanos + receiverNanos;
    }
  }

  /** Whether times and memory were taken. */
  public boolean isMeasured() {
    return !measured.equals(Measured.NOTHING);
  }

  /** A sum divided by the bundles of the run. */
  public double perBundle(long sum) {
    return (double) sum / bundles;
  }

  /** Control bytes that a live replica of either side sends for a bundle, on average. */
  public double controlBytesPerReplica() {
    return perBundle(counts.controlBytes()) / (counts.liveSources() + counts.liveDestinations());
  }

  /** Core time of a bundle at a live replica of either side, on average. */
  public double coreMicrosPerReplica() {
    return perBundle(measured.coreNanos())
        / 1_000
        / (counts.liveSources() + counts.liveDestinations());
  }
}
