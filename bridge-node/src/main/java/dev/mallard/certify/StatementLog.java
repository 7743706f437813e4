package dev.mallard.certify;

import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one replica attested, by count: to count it once the own bundle is there, and to notice when
 * it says two things ([CERT-3]). Bounded; a liar who fills it up loses only its own statements.
 */
final class StatementLog {
  private final int statementsMax;
  private final int evidenceMax;
  private final TreeMap<Long, SignedAttestation> byCount = new TreeMap<>();
  private long floorSequence;
  private int evidenceFound;
  private long dropped;

  StatementLog(int statementsMax, int evidenceMax) {
    this.statementsMax = statementsMax;
    this.evidenceMax = evidenceMax;
  }

  /** What became of a statement. */
  enum Noted {
    /** Heard for the first time. */
    NEW,
    /** Heard before: whoever repeats it still lacks the certificate. */
    REPEATED,
    /** It contradicts what was heard first, which stays. */
    CONTRADICTION,
    /** There is no room. */
    DROPPED
  }

  Noted note(SignedAttestation signed) {
    long count = signed.attestation().count();
    SignedAttestation known = byCount.get(count);
    if (known != null) {
      return known.attestation().equals(signed.attestation())
          ? Noted.REPEATED
          : Noted.CONTRADICTION;
    }
    if (byCount.size() >= statementsMax) {
      byCount.values().removeIf(old -> old.attestation().sequence() <= floorSequence);
    }
    if (byCount.size() >= statementsMax) {
      dropped++;
      return Noted.DROPPED;
    }
    byCount.put(count, signed);
    return Noted.NEW;
  }

  @Nullable SignedAttestation at(long count) {
    return byCount.get(count);
  }

  /**
   * Evidence of a contradiction with what was heard first; empty once enough of it was reported.
   */
  Optional<EquivocationEvidence> evidence(int replica, SignedAttestation second) {
    SignedAttestation first = byCount.get(second.attestation().count());
    if (first == null || evidenceFound >= evidenceMax) {
      return Optional.empty();
    }
    evidenceFound++;
    return Optional.of(new EquivocationEvidence(replica, first, second));
  }

  /**
   * Forgets what is of no interest any more: counts at once, made-up counts of such bundles when
   * room is needed.
   */
  void forget(long sequence, long count) {
    byCount.headMap(count, true).clear();
    floorSequence = sequence;
  }

  void onDropped() {
    dropped++;
  }

  long dropped() {
    return dropped;
  }
}
