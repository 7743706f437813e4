package dev.mallard.bundle;

import dev.mallard.chain.OutboxEntry;
import java.util.List;

/** What came of decoding a bundle's body; the bytes were a peer's. */
public sealed interface EntriesReading {
  /**
   * Well-formed, contiguous, and the only encoding of these entries; not yet shown to be the
   * source's.
   */
  record Decoded(List<OutboxEntry> entries) implements EntriesReading {
    public Decoded {
      entries = List.copyOf(entries);
    }
  }

  /** Not what a correct replica encodes. */
  record Malformed(String reason) implements EntriesReading {}
}
