package dev.mallard.testnet.sim.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one walk of a world covers: every state within these bounds. Where a world is too large to
 * be walked without any, they make the walk come to an end.
 *
 * @param manner what is counted, and so what may be bounded
 * @param depthMax events or surprises in a run, as {@link Manner#counted} says
 * @param ticksMax quanta of time from the start, at most 255
 * @param liarActsMax acts of the liar in a run, at most 255
 */
record Span(Manner manner, int depthMax, int ticksMax, int liarActsMax) {
  /** No bound. */
  static final int ANY = Integer.MAX_VALUE;

  private static final int COUNTED_MAX = 255;

  Span {
    if (!isCountable(ticksMax) || !isCountable(liarActsMax)) {
      throw new IllegalArgumentException("quanta and acts are counted up to " + COUNTED_MAX);
    }
  }

  private static boolean isCountable(int most) {
    return most == ANY || most <= COUNTED_MAX;
  }

  /** All there is, if the walk comes to its end. */
  static Span all(Manner manner) {
    return new Span(manner, ANY, ANY, ANY);
  }

  /** Every order of events in so much time, with the liar acting at will. */
  static Span quanta(int ticksMax) {
    return new Span(Manner.EVENTS, ANY, ticksMax, ANY);
  }

  /** Every order of the first events. */
  static Span firstEvents(int depthMax) {
    return new Span(Manner.EVENTS, depthMax, ANY, ANY);
  }

  /** Runs of any length with so many surprises, acts of the liar among them. */
  static Span surprises(int depthMax) {
    return new Span(Manner.SURPRISES, depthMax, ANY, ANY);
  }

  /** The same with so many acts of the liar. */
  Span lying(int actsMax) {
    return new Span(manner, depthMax, ticksMax, actsMax);
  }

  /** The same in so much time. */
  Span within(int quanta) {
    return new Span(manner, depthMax, quanta, liarActsMax);
  }

  boolean isTimed() {
    return ticksMax != ANY;
  }

  boolean isLiarCounted() {
    return liarActsMax != ANY;
  }

  /** Whether nothing but the world itself bounds the walk. */
  boolean isAll() {
    return manner == Manner.EVENTS && depthMax == ANY && !isTimed() && !isLiarCounted();
  }

  /** What is covered, for people. */
  String describe() {
    List<String> parts = new ArrayList<>();
    parts.add(
        manner == Manner.EVENTS
            ? "every order of " + (depthMax == ANY ? "events" : "the first " + depthMax + " events")
            : "runs with "
                + (depthMax == ANY ? "any number of" : "up to " + depthMax)
                + " surprises");
    if (manner == Manner.SURPRISES && !isTimed()) {
      parts.add("however long");
    }
    if (isTimed()) {
      parts.add(String.format(Locale.ROOT, "up to %d quanta of time", ticksMax));
    }
    if (isLiarCounted()) {
      parts.add(String.format(Locale.ROOT, "up to %d acts of the liar", liarActsMax));
    }
    return String.join(", ", parts);
  }
}
