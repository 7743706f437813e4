package dev.mallard.chain;

import dev.mallard.stake.Hash32;
import java.util.List;

/**
 * All entries of one stream in one finalized block, in index order; never empty.
 *
 * @param transactions the source transaction of each entry, same order
 */
public record BlockEntries(BlockHead block, List<OutboxEntry> entries, List<Hash32> transactions) {
  public BlockEntries {
    entries = List.copyOf(entries);
    transactions = List.copyOf(transactions);
    if (entries.isEmpty() || entries.size() != transactions.size()) {
      throw new IllegalArgumentException(
          String.format(
              java.util.Locale.ROOT,
              "%d entries with %d transactions",
              entries.size(),
              transactions.size()));
    }
  }
}
