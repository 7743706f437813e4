package dev.mallard.c3b.receive;

import dev.mallard.c3b.Invariant;
import dev.mallard.c3b.Origin;
import dev.mallard.c3b.StateSink;
import dev.mallard.c3b.receive.PendingBundle.Offer;
import dev.mallard.c3b.receive.PendingBundle.Stage;
import dev.mallard.c3b.stream.OfferedBundle;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All bundles on their way from offer to disk. Unbelieved bytes are bounded; what does not fit is
 * dropped and comes again as a resend or an answer to a fetch.
 */
public final class PendingBundles {
  private static final Comparator<Origin> BY_SIDE_AND_INDEX =
      Comparator.<Origin, Boolean>comparing(Origin.Remote.class::isInstance)
          .thenComparingInt(Origin::replica);

  private final TreeMap<Long, PendingBundle> pending = new TreeMap<>();
  private final TreeMap<Long, Set<Origin>> refused = new TreeMap<>();
  private final long offeredBytesMax;
  private long offeredBytes;
  private int offers;

  public PendingBundles(long offeredBytesMax) {
    this.offeredBytesMax = offeredBytesMax;
  }

  /** Bundles being verified or written. */
  public int size() {
    return pending.size();
  }

  /** Of those, the ones that wait for the disk. */
  public int journaling() {
    return (int) pending.values().stream().filter(p -> p.stage() == Stage.JOURNALING).count();
  }

  /** Copies that nobody has verified yet. */
  public int offers() {
    return offers;
  }

  /** Their bytes: within the limit, or those of a single larger one. */
  public long offeredBytes() {
    return offeredBytes;
  }

  /** Whether a bundle is being verified or written. */
  public boolean isPending(long sequence) {
    return pending.containsKey(sequence);
  }

  /** The pending bundle of a number, null if there is none. */
  public @Nullable PendingBundle get(long sequence) {
    return pending.get(sequence);
  }

  /**
   * Takes an offer.
   *
   * @return whether it is to be verified now; otherwise another copy is ahead of it or there is no
   *     room
   */
  public boolean offer(Origin origin, OfferedBundle bundle, Stage stage) {
    long sequence = bundle.header().sequence();
    Offer offer = new Offer(origin, bundle);
    if (offeredBytes > 0 && offeredBytes + offer.sizeBytes() > offeredBytesMax) {
      return false;
    }
    PendingBundle ahead = pending.get(sequence);
    if (ahead == null) {
      pending.put(sequence, new PendingBundle(offer, stage));
      offeredBytes += offer.sizeBytes();
      offers++;
      return true;
    }
    // Who once gave a false copy may not fill a place that an honest one needs.
    if (!isRefused(sequence, origin) && ahead.addAlternate(offer)) {
      offeredBytes += offer.sizeBytes();
      offers++;
    }
    return false;
  }

  private boolean isRefused(long sequence, Origin origin) {
    Set<Origin> peers = refused.get(sequence);
    return peers != null && peers.contains(origin);
  }

  /** The verifier passed a bundle; only the disk is waited for now. */
  public void onVerified(PendingBundle bundle) {
    offeredBytes -= bundle.offeredBytes();
    offers -= bundle.offers();
    bundle.onVerified();
  }

  /**
   * The verifier turned a copy down.
   *
   * @return the next copy to verify, if one is at hand
   */
  public @Nullable Offer onRefused(long sequence, PendingBundle bundle) {
    if (bundle.stage() == Stage.VERIFYING) {
      refused.computeIfAbsent(sequence, k -> new HashSet<>()).add(bundle.origin());
    }
    offeredBytes -= bundle.offeredBytes();
    offers--;
    Offer next = bundle.nextAlternate();
    if (next == null) {
      pending.remove(sequence);
    }
    offeredBytes += bundle.offeredBytes();
    return next;
  }

  /** A bundle is done with: durable, relayed, or found needless. */
  public void remove(long sequence) {
    PendingBundle bundle = pending.remove(sequence);
    if (bundle != null) {
      offeredBytes -= bundle.offeredBytes();
      offers -= bundle.offers();
    }
    refused.remove(sequence);
  }

  /** Nothing up to here is needed any more. */
  public void removeUpTo(long sequence) {
    refused.headMap(sequence, true).clear();
    while (!pending.isEmpty() && pending.firstKey() <= sequence) {
      remove(pending.firstKey());
    }
  }

  /** Every pending bundle lies within the window. */
  public void checkInvariants(int bundlesMax) {
    Invariant.check(
        pending.size() <= bundlesMax, () -> pending.size() + " bundles pending of " + bundlesMax);
    Invariant.check(
        offeredBytes >= 0 && (!pending.isEmpty() || offeredBytes == 0),
        () -> offeredBytes + " unbelieved bytes in " + pending.size() + " bundles");
  }

  /** For {@link StateSink}. */
  public void describeState(StateSink sink) {
    sink.put(pending.size());
    pending.forEach((sequence, bundle) -> {
      sink.put(sequence);
      bundle.describeState(sink);
    });
    sink.put(refused.size());
    refused.forEach((sequence, peers) -> {
      sink.put(sequence);
      sink.put(peers.size());
      peers.stream().sorted(BY_SIDE_AND_INDEX).forEach(p -> PendingBundle.describe(sink, p));
    });
  }
}
