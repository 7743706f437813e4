package dev.mallard.c3b.receive;

import dev.mallard.c3b.Origin;
import dev.mallard.c3b.StateSink;
import dev.mallard.c3b.stream.OfferedBundle;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A bundle on its way from offer to disk, with a few copies of other peers in case the first one is
 * false ([RECV-1]).
 */
public final class PendingBundle {
  /** Where it is on that way. */
  public enum Stage {
    /** With the verifier. */
    VERIFYING,
    /** With the verifier although it is held: only to be broadcast ([RECV-2]). */
    VERIFYING_TO_RELAY,
    /** Verified; the disk has it and has not answered yet ([RECV-3]). */
    JOURNALING
  }

  /** Copies of other peers that wait for the verdict on the first. */
  public static final int ALTERNATES_MAX = 3;

  /** An unbelieved copy. */
  public record Offer(Origin origin, OfferedBundle bundle) {
    int sizeBytes() {
      return bundle.body().sizeBytes();
    }
  }

  private final Queue<Offer> alternates = new ArrayDeque<>();
  private @Nullable Offer offer;
  private Origin origin;
  private Stage stage;

  public PendingBundle(Offer offer, Stage stage) {
    this.offer = offer;
    this.origin = offer.origin();
    this.stage = stage;
  }

  /** How far its verification or writing is. */
  public Stage stage() {
    return stage;
  }

  /** Who brought the copy that is being dealt with. */
  public Origin origin() {
    return origin;
  }

  /** Whether the verifier's answer about a peer's copy is the one that is waited for. */
  public boolean isVerifying(Origin other) {
    return stage != Stage.JOURNALING && origin.equals(other);
  }

  /** Bytes of all the unbelieved copies. */
  public long offeredBytes() {
    Offer present = offer;
    return (present == null ? 0 : present.sizeBytes())
        + alternates.stream().mapToLong(Offer::sizeBytes).sum();
  }

  /** Unbelieved copies. */
  int offers() {
    return (offer == null ? 0 : 1) + alternates.size();
  }

  /** Keeps a copy for later, unless that peer already gave one or there are enough. */
  public boolean addAlternate(Offer other) {
    boolean isKept =
        stage != Stage.JOURNALING
            && alternates.size() < ALTERNATES_MAX
            && !origin.equals(other.origin())
            && alternates.stream().noneMatch(kept -> kept.origin().equals(other.origin()));
    if (isKept) {
      alternates.add(other);
    }
    return isKept;
  }

  /** The first copy was false: the next one's turn, if there is one. */
  public @Nullable Offer nextAlternate() {
    Offer next = alternates.poll();
    offer = next;
    if (next != null) {
      origin = next.origin();
    }
    return next;
  }

  /** Verified: no other copy is needed. */
  public void onVerified() {
    stage = Stage.JOURNALING;
    offer = null;
    alternates.clear();
  }

  /** For {@link StateSink}. */
  void describeState(StateSink sink) {
    sink.putValue(stage.name());
    describe(sink, origin);
    Offer present = offer;
    sink.put(present != null);
    if (present != null) {
      sink.putValue(present.bundle());
    }
    sink.put(alternates.size());
    for (Offer alternate : alternates) {
      describe(sink, alternate.origin());
      sink.putValue(alternate.bundle());
    }
  }

  /** For {@link StateSink}: who is meant. */
  static void describe(StateSink sink, Origin origin) {
    sink.put(origin instanceof Origin.Remote);
    sink.put(origin.replica());
  }
}
