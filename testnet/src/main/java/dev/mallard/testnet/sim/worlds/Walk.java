package dev.mallard.testnet.sim.worlds;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of exploring a world with the liar in one place.
 *
 * @param place where the liar was, or "no liar"
 * @param span what was to be walked
 * @param states distinct states of the world, each with its checks
 * @param steps events looked at: how often a state was left
 * @param localStates distinct states of single replicas, the core's own
 * @param depth events or surprises that lead to the states found last
 * @param isExhausted whether nothing new was left anywhere, not even beyond the span's depth
 * @param cut why the walk ended before all of its span was seen; empty if it is whole
 * @param story of the first breach
 */
public record Walk(
    String place,
    Span span,
    long states,
    long steps,
    long localStates,
    int depth,
    boolean isExhausted,
    Duration duration,
    Optional<String> cut,
    Optional<Story> story) {

  /** Whether every state within the span was looked at. */
  public boolean isWhole() {
    return cut.isEmpty() && story.isEmpty();
  }

  /** States a second. */
  public long rate() {
    return 1000 * states / Math.max(1, duration.toMillis());
  }

  @Override
  public String toString() {
    return String.format(
            Locale.ROOT,
            "%s, by %s: %,d states, %,d steps, depth %d, %.1f s, %,d states a second, %,d states of single"
                + " replicas",
            place,
            span.manner().counted(),
            states,
            steps,
            depth,
            duration.toMillis() / 1000.0,
            rate(),
            localStates)
        + cut.map(why -> "; cut: " + why).orElse(story.isPresent() ? "" : "; " + covered());
  }

  /** What is whole: all there is, or all within the span. */
  private String covered() {
    return span.isAll() || (isExhausted && !span.isTimed() && !span.isLiarCounted())
        ? "whole"
        : "whole within: " + span.describe();
  }
}
