package dev.mallard.testnet.sim;

import dev.mallard.store.StoreLimits;

/** How much may wait in a virtual node: less than in a real one, so that runs get there. */
final class QueueLimits {
  private static final int OFFERED_MAX = 256;
  private static final int OFFERED_MAX_PER_NODE = 32;

  private QueueLimits() {}

  /** What peers may have waiting on a loop, and workers to do: more than all say at once. */
  static int offeredMax(SimPlan plan) {
    return Math.max(OFFERED_MAX, OFFERED_MAX_PER_NODE * plan.nodes());
  }

  /** A node's limits but for the commits that may wait for the disk. */
  static StoreLimits store(SimPlan plan) {
    StoreLimits node = StoreLimits.defaults();
    return new StoreLimits(
        plan.machine().journalCommits(),
        node.journalQueueBytesMax(),
        node.groupCommitsMax(),
        node.groupBytesMax(),
        node.commitBytesMax(),
        node.indexQueueMessagesMax(),
        node.messagesMax(),
        node.searchScanMax(),
        node.blockCacheBytes(),
        node.writeBuffersBytes(),
        node.walBytesMax(),
        node.openFilesMax());
  }
}
