package dev.mallard.testnet.sim;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a Byzantine replica may do (DESIGN section 6); a liar does one or several, alone or with
 * others.
 */
public enum Act {
  /** Acknowledges what it does not have. */
  ACKS_HIGH,
  /** Acknowledges nothing and complains about everything. */
  ACKS_LOW,
  /** Tells every source replica something else. */
  ACKS_RANDOM,
  /** Lies in phi-lists only. */
  PHI_LIES,
  /** Acknowledges nothing at all. */
  NO_ACKS,
  /** Keeps what came across to itself. */
  NO_BROADCAST,
  /** Shows what came across to a single peer. */
  SINGLE_BROADCAST,
  /** Offers false copies of bundles to local peers and across. */
  FORGED_BUNDLES,
  /** Sends what it heard before once more, to anybody, and in any order. */
  REPLAYS,
  /** Keeps what it has to say for a while, and says it in another order. */
  REORDERS,
  /** Changes messages on the way: another number, another stream, another epoch. */
  MUTATES,
  /** Never takes its turn to send. */
  SILENT_SENDER,
  /** Attests nothing. */
  NO_ATTESTATIONS,
  /** Signs two accumulators for one bundle. */
  EQUIVOCATES,
  /** Tells of bundles that do not exist, and of quacks that never were. */
  FALSE_ANNOUNCEMENTS,
  /** Says nothing at all for a while, then wakes. */
  SLEEPS,
  /** Sends the same over and over. */
  FLOODS,
  /** Asks peers for bundles without end. */
  FETCH_FLOOD,
  /** Never takes its turn to submit. */
  SILENT_SUBMITTER,
  /** Submits out of turn, twice, and with wrong certificates. */
  RUDE_SUBMITTER,
  /** Certifies with too little stake, liars together, something false. */
  SHORT_CERTIFICATES,
  /** Shows, and submits, false bundles that the validators of another epoch certified. */
  OTHER_EPOCH;

  /**
   * Acts that make no bundle get lost: r stake of them may not cause a resend ([LOSS-1]). A false
   * copy does: a true one that follows it from the same peer while it is judged is passed over.
   */
  static final Set<Act> HARMLESS =
      EnumSet.of(
          ACKS_HIGH,
          ACKS_LOW,
          ACKS_RANDOM,
          PHI_LIES,
          NO_ACKS,
          REPLAYS,
          NO_ATTESTATIONS,
          EQUIVOCATES,
          FALSE_ANNOUNCEMENTS,
          FETCH_FLOOD,
          SILENT_SUBMITTER,
          RUDE_SUBMITTER);
}
