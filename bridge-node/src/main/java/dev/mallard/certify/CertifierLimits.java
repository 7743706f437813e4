package dev.mallard.certify;

/**
 * Bounds and times of a {@link Certifier} ([G-4]).
 *
 * @param pendingMax bundles without certificate beyond which reading pauses
 * @param aheadMax how far beyond the own last bundle attestations and certificates of others are
 *     kept
 * @param recentMax certificates kept for peers who lag, beyond those pending
 * @param gossipBatchMax own attestations repeated at once, to everybody or to one peer
 * @param gossipMillisInitial until an own attestation is repeated first; doubles each time
 * @param gossipMillisMax the doubling ends here
 * @param lateMillis an attestation that comes this long after the certificate shows a peer who lags
 * @param replyMillis between two replies to one peer about one bundle, and the period of {@code
 *     repliesMax}
 * @param repliesMax certificates sent to one peer in a period
 * @param evidenceMax equivocations reported of one replica
 */
public record CertifierLimits(
    int pendingMax,
    int aheadMax,
    int recentMax,
    int gossipBatchMax,
    int gossipMillisInitial,
    int gossipMillisMax,
    int lateMillis,
    int replyMillis,
    int repliesMax,
    int evidenceMax) {

  /** For blocks of a second or so. */
  public static CertifierLimits defaults() {
    return new CertifierLimits(1024, 2048, 4096, 128, 1_000, 15_000, 1_000, 500, 256, 16);
  }

  public CertifierLimits {
    requirePositive("pendingMax", pendingMax);
    requirePositive("aheadMax", aheadMax);
    requirePositive("recentMax", recentMax);
    requirePositive("gossipBatchMax", gossipBatchMax);
    requirePositive("gossipMillisInitial", gossipMillisInitial);
    requirePositive("repliesMax", repliesMax);
    requirePositive("evidenceMax", evidenceMax);
    if (gossipMillisMax < gossipMillisInitial) {
      throw new IllegalArgumentException(
          "gossipMillisMax %d < gossipMillisInitial %d"
              .formatted(gossipMillisMax, gossipMillisInitial));
    }
  }

  /** Statements remembered of one replica: those ahead, those pending and the recent ones. */
  int statementsMax() {
    return aheadMax + pendingMax + recentMax;
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", must be positive");
    }
  }
}
