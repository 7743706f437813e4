package dev.mallard.c3b.receive;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.c3b.Origin;
import dev.mallard.c3b.PeerFault;
import dev.mallard.c3b.stream.BundleHeader;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.StreamId;

/** The checks of [RECV-1] that need no hashing and no signature, in their order, cheapest first. */
public final class OfferCheck {
  private final StreamId stream;
  private final Epoch epoch;
  private final C3bParameters parameters;
  private final HeldBundles held;
  private final SourceProgress progress;

  public OfferCheck(
      StreamId stream,
      Epoch epoch,
      C3bParameters parameters,
      HeldBundles held,
      SourceProgress progress) {
    this.stream = stream;
    this.epoch = epoch;
    this.parameters = parameters;
    this.held = held;
    this.progress = progress;
  }

  /**
   * The last bundle that is taken: within the window, and not too far ahead of the local chain
   * ([G-4]).
   */
  public long last() {
    return Math.min(
        held.cumulative() + parameters.windowBundles(),
        Math.max(held.cumulative(), held.executed() + parameters.heldAheadBundles()));
  }

  /** The checks of [RECV-1] that need no hashing, in their order. */
  public OfferVerdict check(Origin origin, BundleHeader header) {
    if (!header.stream().equals(stream)) {
      return new OfferVerdict.False(PeerFault.UNKNOWN_STREAM);
    }
    if (!header.epoch().equals(epoch)) {
      return new OfferVerdict.False(PeerFault.UNKNOWN_EPOCH);
    }
    if (header.sequence() > last()) {
      return isBeyondAnyWindow(origin, header.sequence())
          ? new OfferVerdict.False(PeerFault.OUTSIDE_WINDOW)
          : new OfferVerdict.Useless();
    }
    if (held.isHeld(header.sequence())) {
      return new OfferVerdict.Held();
    }
    return held.isContinuous(header)
        ? new OfferVerdict.Wanted()
        : new OfferVerdict.False(PeerFault.BROKEN_CONTINUITY);
  }

  /**
   * A replica of the source never sends beyond its own quack frontier and the window. A local peer
   * may be ahead of this replica by more than this replica can know.
   */
  private boolean isBeyondAnyWindow(Origin origin, long sequence) {
    long frontier = Math.max(held.cumulative(), progress.quacked());
    return origin instanceof Origin.Remote
        && sequence - parameters.windowBundles()
            > Math.max(frontier, progress.quackedOf(origin.replica()));
  }
}
