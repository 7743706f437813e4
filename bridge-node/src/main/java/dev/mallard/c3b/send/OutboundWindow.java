package dev.mallard.c3b.send;

import dev.mallard.c3b.Invariant;
import dev.mallard.c3b.StateSink;
import dev.mallard.c3b.stream.CertifiedBundle;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Certified bundles beyond the quack frontier ([SEND-2]): those in flight, at most W and B bytes,
 * and behind them the few that were already on their way through certification when the intake
 * closed.
 */
public final class OutboundWindow {
  private final int bundlesMax;
  private final long bytesMax;
  private final @Nullable OutboundBundle[] flight;
  private final Queue<CertifiedBundle> waiting = new ArrayDeque<>();
  private long quacked;
  private long last;
  private long flightBytes;
  private long waitingBytes;

  public OutboundWindow(int bundlesMax, long bytesMax, long quacked) {
    this.bundlesMax = bundlesMax;
    this.bytesMax = bytesMax;
    this.flight = new @Nullable OutboundBundle[bundlesMax];
    this.quacked = quacked;
    this.last = quacked;
  }

  /**
   * Takes the next bundle; it is not in flight yet.
   *
   * @param isFresh whether it was certified just now: whoever certifies on at a closed window has a
   *     bug; what the disk remembers has no such bound
   */
  public void enqueue(CertifiedBundle bundle, boolean isFresh) {
    Invariant.check(
        !isFresh || waiting.size() < bundlesMax,
        () -> "bundles go on arriving at a closed window of " + bundlesMax);
    waiting.add(bundle);
    waitingBytes += bundle.body().sizeBytes();
  }

  /**
   * The bundle that may enter flight now, if there is room for it. A bundle larger than B flies
   * alone.
   */
  public @Nullable CertifiedBundle takeAdmissible() {
    CertifiedBundle first = waiting.peek();
    if (first == null || inFlight() >= bundlesMax) {
      return null;
    }
    if (inFlight() > 0 && flightBytes + first.body().sizeBytes() > bytesMax) {
      return null;
    }
    waiting.remove();
    waitingBytes -= first.body().sizeBytes();
    return first;
  }

  /** Puts the admitted bundle in flight. */
  public void add(OutboundBundle bundle) {
    Invariant.check(
        bundle.sequence() == last + 1, () -> "bundle " + bundle.sequence() + " after " + last);
    last = bundle.sequence();
    flight[slot(last)] = bundle;
    flightBytes += bundle.sizeBytes();
  }

  /**
   * Drops everything up to the new frontier, which may lie beyond all that is known here ([GC-1]).
   */
  public void onQuacked(long frontier) {
    for (long k = quacked + 1; k <= Math.min(frontier, last); k++) {
      OutboundBundle bundle = get(k);
      flightBytes -= bundle == null ? 0 : bundle.sizeBytes();
      flight[slot(k)] = null;
    }
    quacked = frontier;
    last = Math.max(last, frontier);
    while (!waiting.isEmpty() && waiting.element().sequence() <= frontier) {
      waitingBytes -= waiting.remove().body().sizeBytes();
    }
  }

  /** The bundle in flight with this number. */
  public @Nullable OutboundBundle get(long sequence) {
    return sequence > quacked && sequence <= last ? flight[slot(sequence)] : null;
  }

  /** The highest number in flight, or the frontier. */
  public long last() {
    return last;
  }

  /** The cumulative quack frontier. */
  public long quacked() {
    return quacked;
  }

  /** Bundles in flight ([SEND-2]). */
  public int inFlight() {
    return (int) (last - quacked);
  }

  /** Certified bundles that the window has no room for. */
  public int waiting() {
    return waiting.size();
  }

  /** Payload bytes in flight ([SEND-2]). */
  public long flightBytes() {
    return flightBytes;
  }

  /** Whether more would fit: the intake of new bundles is open while it does. */
  public boolean isOpen() {
    return inFlight() + waiting.size() < bundlesMax && flightBytes + waitingBytes < bytesMax;
  }

  /** Both windows hold, and bytes are counted right. */
  public void checkInvariants() {
    Invariant.check(
        inFlight() >= 0 && inFlight() <= bundlesMax,
        () -> inFlight() + " bundles in flight of " + bundlesMax);
    Invariant.check(
        flightBytes >= 0 && (flightBytes <= bytesMax || inFlight() == 1),
        () -> flightBytes + " bytes in flight of " + bytesMax);
    Invariant.check(
        inFlight() > 0 || flightBytes == 0, () -> flightBytes + " bytes of no bundle in flight");
  }

  /** For {@link StateSink}; the bundles in flight describe themselves. */
  public void describeState(StateSink sink) {
    sink.put(quacked);
    sink.put(last);
    sink.put(waiting.size());
  }

  private int slot(long sequence) {
    return (int) (sequence % bundlesMax);
  }
}
