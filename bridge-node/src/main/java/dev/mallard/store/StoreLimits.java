package dev.mallard.store;

import java.util.Locale;

/**
 * What the store may hold and use ([G-4]).
 *
 * @param journalQueueCommitsMax commits that wait for the disk
 * @param journalQueueBytesMax bytes that wait for the disk; above the byte windows of all streams
 *     ([SEND-2]), so that a runtime that keeps its windows never meets it
 * @param groupCommitsMax commits that share one fsync at most ([RECV-3])
 * @param groupBytesMax bytes of one group; a single larger commit is a group of its own
 * @param commitBytesMax bytes of one commit
 * @param indexQueueMessagesMax messages in updates that wait for the message index; updates beyond
 *     it are counted and lost
 * @param messagesMax messages the index keeps, the newest ones; overshoots by one batch while it
 *     prunes
 * @param searchScanMax records one page of a search may look at before it returns what it found
 * @param blockCacheBytes RocksDB's block cache, shared by all column families
 * @param writeBuffersBytes RocksDB's memtables, shared by all column families
 * @param walBytesMax write-ahead log kept before memtables are forced to disk; bounds what a
 *     restart replays ([CATCH-1])
 * @param openFilesMax files RocksDB keeps open
 */
public record StoreLimits(
    int journalQueueCommitsMax,
    long journalQueueBytesMax,
    int groupCommitsMax,
    long groupBytesMax,
    int commitBytesMax,
    int indexQueueMessagesMax,
    int messagesMax,
    int searchScanMax,
    long blockCacheBytes,
    long writeBuffersBytes,
    long walBytesMax,
    int openFilesMax) {

  private static final long MIB = 1L << 20;

  public StoreLimits {
    checkPositive("journalQueueCommitsMax", journalQueueCommitsMax);
    checkPositive("groupCommitsMax", groupCommitsMax);
    checkPositive("indexQueueMessagesMax", indexQueueMessagesMax);
    checkPositive("messagesMax", messagesMax);
    checkPositive("blockCacheBytes", blockCacheBytes);
    checkPositive("openFilesMax", openFilesMax);
    checkOrder("1", 1, "groupBytesMax", groupBytesMax);
    checkOrder("1", 1, "commitBytesMax", commitBytesMax);
    checkOrder("groupBytesMax", groupBytesMax, "journalQueueBytesMax", journalQueueBytesMax);
    checkOrder("commitBytesMax", commitBytesMax, "journalQueueBytesMax", journalQueueBytesMax);
    checkOrder("MessageQuery.LIMIT_MAX", MessageQuery.LIMIT_MAX, "searchScanMax", searchScanMax);
    checkOrder("1 MiB", MIB, "writeBuffersBytes", writeBuffersBytes);
    checkOrder("writeBuffersBytes", writeBuffersBytes, "walBytesMax", walBytesMax);
  }

  /** For a node that stays below 300 MiB resident. */
  public static StoreLimits defaults() {
    return new StoreLimits(
        8_192,
        256 * MIB,
        1_024,
        8 * MIB,
        (int) (32 * MIB),
        65_536,
        100_000,
        10_000,
        8 * MIB,
        8 * MIB,
        32 * MIB,
        128);
  }

  private static void checkPositive(String name, long value) {
    checkOrder("1", 1, name, value);
  }

  private static void checkOrder(String lowName, long low, String highName, long high) {
    if (low > high) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s is %d, must be at least %s = %d", highName, high, lowName, low));
    }
  }
}
