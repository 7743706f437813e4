package dev.mallard.c3b.ack;

/**
 * The last bundle that came to a replica of the destination straight from one of the source. Rides
 * on acks: the source learns how long its pairs take, also those whose bundles others resent in the
 * meantime, and so tells slow ones from those that are down ([LOSS-1]). Not signed: the connection
 * says who speaks, and a liar only makes the source wait longer, within bounds, for what it carries
 * itself.
 *
 * @param sender index in the source's stake table
 * @param sequence the bundle's number, 0 if none came so far
 */
public record LastCrossing(int sender, long sequence) {
  /** Nothing came so far. */
  public static final LastCrossing NONE = new LastCrossing(0, 0);
}
