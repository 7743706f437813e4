package dev.mallard.chain;

import dev.mallard.stake.Hash32;

/** Where a sent transaction is. */
public sealed interface SubmissionStatus {
  /**
   * Not mined yet; {@code current} carries the newest hash if it was replaced with a raised fee.
   */
  record Pending(Submission.Sent current) implements SubmissionStatus {}

  /** In a block. */
  record Mined(Hash32 transaction, BlockRef block, boolean success, long gasUsed)
      implements SubmissionStatus {}

  /** Gone from the pool without a receipt: may be submitted anew. */
  record Dropped() implements SubmissionStatus {}
}
