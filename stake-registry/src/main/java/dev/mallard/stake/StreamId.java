package dev.mallard.stake;

/**
 * One direction of traffic between two RSMs; its entries and bundles are numbered on their own
 * (DESIGN §1).
 *
 * @param source the RSM whose Outbox the entries were sent to
 * @param destination the RSM whose Inbox executes them
 */
public record StreamId(RsmId source, RsmId destination) implements Comparable<StreamId> {

  private static final char SEPARATOR = '-';

  public StreamId {
    if (source.equals(destination)) {
      throw new IllegalArgumentException(
          "a stream joins two distinct RSMs, got " + source + " twice");
    }
  }

  /**
   * Reads {@code "31337-31338"}, the form used in URLs, logs and folder names.
   *
   * @throws IllegalArgumentException if {@code text} is anything else
   */
  public static StreamId parse(String text) {
    int at = text.indexOf(SEPARATOR);
    if (at < 0) {
      throw new IllegalArgumentException(
          "a stream id is SOURCE-DESTINATION, for example 31337-31338");
    }
    return new StreamId(RsmId.parse(text.substring(0, at)), RsmId.parse(text.substring(at + 1)));
  }

  /** The stream that carries this one's receipts and acks back. */
  public StreamId reverse() {
    return new StreamId(destination, source);
  }

  @Override
  public int compareTo(StreamId other) {
    int bySource = source.compareTo(other.source);
    return bySource != 0 ? bySource : destination.compareTo(other.destination);
  }

  /** {@code "SOURCE-DESTINATION"}, as {@link #parse} reads it. */
  @Override
  public String toString() {
    return source.toString() + SEPARATOR + destination;
  }
}
