package dev.mallard.bundle;

import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.chain.BlockHead;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.Hash32;
import java.util.List;

/**
 * A bundle as this replica built it from its own chain.
 *
 * @param transactions the source transaction of each entry
 */
public record BuiltBundle(
    BundleHeader header,
    EncodedEntries body,
    BlockHead block,
    List<OutboxEntry> entries,
    List<Hash32> transactions) {
  public BuiltBundle {
    entries = List.copyOf(entries);
    transactions = List.copyOf(transactions);
  }
}
