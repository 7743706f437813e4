package dev.mallard.store;

import dev.mallard.c3b.stream.BundleHeader;
import java.util.List;

/**
 * The destination side of a stream as the disk remembers it.
 *
 * @param executedSequence last bundle executed at a finalized block
 * @param executedCount entries up to it
 * @param held headers of all inbound bundles on disk beyond {@code executedSequence}, in order,
 *     perhaps with gaps
 */
public record RecoveredDestination(
    long executedSequence, long executedCount, List<BundleHeader> held) {
  public RecoveredDestination {
    held = List.copyOf(held);
  }
}
