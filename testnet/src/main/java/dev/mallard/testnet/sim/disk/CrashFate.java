package dev.mallard.testnet.sim.disk;

/**
 * What a crash leaves of the batches that no fsync had confirmed, oldest first. RocksDB's log holds
 * batches one after the other, each behind a checksum, and its recovery cuts the log at the first
 * one that is not whole; so however the log was torn, a prefix of these batches survives and each
 * of them whole. Any other damage refuses to open and is no matter of crashes.
 */
@FunctionalInterface
public interface CrashFate {
  /** Only what was confirmed is left. */
  CrashFate LOST = underWay -> 0;

  /** Everything had reached the disk, confirmed or not. */
  CrashFate KEPT = underWay -> underWay;

  /**
   * How many of the oldest survive, 0 to {@code underWay}; not asked when nothing was under way.
   */
  int kept(int underWay);

  /** The log is torn behind so many batches. */
  static CrashFate tornBehind(int batches) {
    return underWay -> Math.min(batches, underWay);
  }
}
