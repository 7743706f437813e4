package dev.mallard.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.WALRecoveryMode;

/**
 * RocksDB tuned for a small resident set and a bounded disk ([G-4]). Its objects are native: close
 * this after the database.
 */
final class RocksSettings implements AutoCloseable {
  private static final long MIB = 1L << 20;
  private static final int BACKGROUND_JOBS = 2;
  private static final int INFO_LOGS_KEPT = 2;
  private static final long SMALL_BUFFER_BYTES = MIB;
  private static final long SMALL_ARENA_BYTES = 16 << 10;
  private static final long LARGE_ARENA_BYTES = 256 << 10;

  private final StoreLimits limits;
  private final List<AutoCloseable> owned = new ArrayList<>();
  private final LRUCache cache;

  RocksSettings(StoreLimits limits) {
    this.limits = limits;
    this.cache = own(new LRUCache(limits.blockCacheBytes()));
  }

  /**
   * A torn record at the end of the write-ahead log is what a crash leaves: it was never
   * acknowledged and is cut. Any other damage refuses to open, where RocksDB's default would
   * silently drop acknowledged records behind it ([G-3]).
   */
  DBOptions database(boolean create) {
    return own(new DBOptions())
        .setCreateIfMissing(create)
        .setCreateMissingColumnFamilies(create)
        .setParanoidChecks(true)
        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
        .setMaxBgErrorResumeCount(0)
        .setDbWriteBufferSize(limits.writeBuffersBytes())
        .setMaxTotalWalSize(limits.walBytesMax())
        .setMaxOpenFiles(limits.openFilesMax())
        .setMaxFileOpeningThreads(1)
        .setMaxBackgroundJobs(BACKGROUND_JOBS)
        .setMaxManifestFileSize(4 * MIB)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(MIB)
        .setKeepLogFileNum(INFO_LOGS_KEPT)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0);
  }

  ColumnFamilyOptions family(Family family) {
    boolean large = family.size() == Family.Size.LARGE;
    return own(new ColumnFamilyOptions())
        .setWriteBufferSize(large ? limits.writeBuffersBytes() / 2 : SMALL_BUFFER_BYTES)
        .setArenaBlockSize(large ? LARGE_ARENA_BYTES : SMALL_ARENA_BYTES)
        .setMaxWriteBufferNumber(2)
        .setTargetFileSizeBase(8 * MIB)
        .setMaxBytesForLevelBase(32 * MIB)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setTableFormatConfig(
            new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true));
  }

  private <T extends AutoCloseable> T own(T object) {
    owned.add(object);
    return object;
  }

  @Override
  public void close() {
    Collections.reverse(owned);
    for (AutoCloseable object : owned) {
      try {
        object.close();
      } catch (Exception impossible) {
        throw new IllegalStateException("a native object did not close", impossible);
      }
    }
    owned.clear();
  }
}
