/**
 * What must survive: RocksDB, one column family a kind of record, group commit, recovery ([G-3],
 * DESIGN section 5).
 */
@NullMarked
package dev.mallard.store;

import org.jspecify.annotations.NullMarked;
