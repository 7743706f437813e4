package dev.mallard.c3b.receive;

import dev.mallard.c3b.Invariant;
import dev.mallard.c3b.StateSink;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.stake.Hash32;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is durable here, or executed by the local chain: everything up to p, and single bundles
 * beyond. Headers are kept only beyond p; of what lies before, its end is enough to check
 * continuity.
 */
public final class HeldBundles {
  private final TreeMap<Long, BundleHeader> beyond = new TreeMap<>();
  private long executed;
  private long cumulative;
  private long lastIndex;
  private @Nullable Hash32 accumulator;

  /**
   * @param executed last bundle that the local Inbox executed at a finalized block
   * @param count entries up to it
   * @param held headers of all bundles on disk beyond
   */
  public HeldBundles(long executed, long count, List<BundleHeader> held) {
    this.executed = executed;
    this.cumulative = executed;
    this.lastIndex = count;
    held.forEach(this::hold);
  }

  /** p: everything up to it is held. */
  public long cumulative() {
    return cumulative;
  }

  /** Everything up to it is executed at a finalized block. */
  public long executed() {
    return executed;
  }

  /** The highest bundle held. */
  public long highest() {
    return beyond.isEmpty() ? cumulative : beyond.lastKey();
  }

  /** Whether a bundle is durable here, or executed by the local chain. */
  public boolean isHeld(long sequence) {
    return sequence <= cumulative || beyond.containsKey(sequence);
  }

  /** Headers of bundles held beyond p, in order. */
  public SortedMap<Long, BundleHeader> beyond() {
    return beyond;
  }

  /** Bundles held beyond p. */
  public int beyondCount() {
    return beyond.size();
  }

  /**
   * Whether a header fits those of its neighbours that are held; they are certified, so it is false
   * if it does not.
   */
  public boolean isContinuous(BundleHeader header) {
    return isAfterHeld(header) && isBeforeHeld(header);
  }

  private boolean isAfterHeld(BundleHeader header) {
    if (header.sequence() == cumulative + 1) {
      return header.firstIndex() == lastIndex + 1
          && (accumulator == null || accumulator.equals(header.accBefore()));
    }
    BundleHeader previous = beyond.get(header.sequence() - 1);
    return previous == null || isJoined(previous, header);
  }

  private boolean isBeforeHeld(BundleHeader header) {
    BundleHeader next = beyond.get(header.sequence() + 1);
    return next == null || isJoined(header, next);
  }

  private static boolean isJoined(BundleHeader first, BundleHeader second) {
    return second.firstIndex() == first.lastIndex() + 1
        && second.accBefore().equals(first.accAfter());
  }

  /** A bundle is durable. */
  public void hold(BundleHeader header) {
    if (!isHeld(header.sequence())) {
      beyond.put(header.sequence(), header);
      absorb();
    }
  }

  /**
   * The local chain has executed up to a bundle: it need not be held ([GC-3]).
   *
   * @return whether that was news
   */
  public boolean execute(long sequence, long count) {
    if (sequence <= executed) {
      return false;
    }
    executed = sequence;
    if (sequence > cumulative) {
      BundleHeader header = beyond.get(sequence);
      cumulative = sequence;
      lastIndex = count;
      accumulator = header == null ? null : header.accAfter();
      beyond.headMap(sequence, true).clear();
      absorb();
    } else if (sequence == cumulative) {
      Invariant.check(
          count == lastIndex,
          () ->
              String.format(
                  java.util.Locale.ROOT,
                  "the Inbox counts %d entries up to bundle %d, certified bundles %d",
                  count,
                  sequence,
                  lastIndex));
    }
    return true;
  }

  private void absorb() {
    while (!beyond.isEmpty() && beyond.firstKey() == cumulative + 1) {
      BundleHeader header = beyond.pollFirstEntry().getValue();
      Invariant.check(
          isAfterHeld(header),
          () -> "held bundle " + header.sequence() + " does not join " + cumulative);
      cumulative = header.sequence();
      lastIndex = header.lastIndex();
      accumulator = header.accAfter();
    }
  }

  /**
   * What is missing between p and a number.
   *
   * @param to the last one of interest
   * @param max list no more than so many
   */
  public List<Long> missing(long to, int max) {
    List<Long> missing = new ArrayList<>();
    for (long k = cumulative + 1; k <= to && missing.size() < max; k++) {
      if (!beyond.containsKey(k)) {
        missing.add(k);
      }
    }
    return missing;
  }

  /** Nothing is held at or below p, and p never lies behind what is executed. */
  public void checkInvariants() {
    Invariant.check(
        executed <= cumulative, () -> "executed " + executed + " beyond held " + cumulative);
    Invariant.check(
        beyond.isEmpty() || beyond.firstKey() > cumulative + 1,
        () -> "bundle " + beyond.firstKey() + " is held apart from " + cumulative);
  }

  /** For {@link StateSink}. */
  public void describeState(StateSink sink) {
    sink.put(executed);
    sink.put(cumulative);
    sink.put(lastIndex);
    Hash32 last = accumulator;
    sink.put(last != null);
    if (last != null) {
      sink.putValue(last);
    }
    sink.put(beyond.size());
    beyond.values().forEach(sink::putValue);
  }
}
