package dev.mallard.testnet.sim;

import dev.mallard.store.StoreLimits;

/**
 * How slow machines are: each piece of work takes up to so long. Zero means at once.
 *
 * @param lagMillis until a loop begins what was handed to it
 * @param workMillis signatures and disk reads
 * @param fsyncMillis a group commit
 * @param rpcMillis a call to the chain
 * @param journalCommits that may wait for the disk; a node's limit is never met in a run, few are
 */
public record MachinePlan(
    int lagMillis, int workMillis, int fsyncMillis, int rpcMillis, int journalCommits) {

  /** As many commits as a node lets wait. */
  public static final int JOURNAL_COMMITS_MAX = StoreLimits.defaults().journalQueueCommitsMax();
}
