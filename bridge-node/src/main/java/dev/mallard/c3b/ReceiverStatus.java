package dev.mallard.c3b;

import java.util.List;

/**
 * The destination side of a stream at one moment, for people to look at.
 *
 * @param executed last bundle that the local chain executed at a finalized block
 * @param held p: everything up to it is durable here
 * @param highest the highest bundle held
 * @param missing the first bundles that are known to exist and not held, at most {@value
 *     #MISSING_LISTED_MAX}
 * @param announcedTop the highest certified bundle that is believed to exist
 * @param announcedQuacked the highest quacked one
 * @param pending bundles being verified or written
 * @param fetching requests to local peers under way
 */
public record ReceiverStatus(
    long executed,
    long held,
    long highest,
    List<Long> missing,
    long announcedTop,
    long announcedQuacked,
    int pending,
    int fetching) {
  /** Enough to see on what a stream waits. */
  public static final int MISSING_LISTED_MAX = 16;

  public ReceiverStatus {
    missing = List.copyOf(missing);
  }
}
