package dev.mallard.bundle;

import dev.mallard.c3b.PeerFault;
import dev.mallard.c3b.stream.BundleBody;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.chain.Accumulator;
import dev.mallard.chain.OutboxEntry;
import dev.mallard.stake.Hash32;
import java.util.List;

/** Whether a body belongs to its header: the hash chain step of [RECV-1]. Any thread. */
public final class BundleVerification {
  private final EntriesCodec codec;
  private final Accumulator accumulator;

  /** With the accumulator that the stream was created with ([OUT-1]). */
  public BundleVerification(EntriesLimits limits, Accumulator accumulator) {
    this.codec = new EntriesCodec(limits);
    this.accumulator = accumulator;
  }

  /** What came of it. */
  public sealed interface BodyVerdict {
    /** The entries lead from the accumulator before to the one after. */
    record Chained(List<OutboxEntry> entries) implements BodyVerdict {}

    /** The peer sent something else. */
    record Broken(PeerFault fault) implements BodyVerdict {}
  }

  /**
   * Decodes the body, counts its entries, and recomputes the accumulator from the header's start to
   * its end.
   */
  public BodyVerdict checkBody(BundleHeader header, BundleBody body) {
    if (!(body instanceof EncodedEntries encoded)
        || !(codec.decode(encoded, header.firstIndex())
            instanceof EntriesReading.Decoded decoded)) {
      return new BodyVerdict.Broken(PeerFault.BAD_FRAME);
    }
    List<OutboxEntry> entries = decoded.entries();
    return isCounted(header, entries) && isChained(header, entries)
        ? new BodyVerdict.Chained(entries)
        : new BodyVerdict.Broken(PeerFault.BROKEN_HASH_CHAIN);
  }

  private static boolean isCounted(BundleHeader header, List<OutboxEntry> entries) {
    return entries.size() == header.entryCount();
  }

  private boolean isChained(BundleHeader header, List<OutboxEntry> entries) {
    Hash32 acc = header.accBefore();
    for (OutboxEntry entry : entries) {
      acc = accumulator.extend(header.stream(), acc, entry);
    }
    return acc.equals(header.accAfter());
  }
}
