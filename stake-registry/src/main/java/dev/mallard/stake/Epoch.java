package dev.mallard.stake;

/**
 * A period in which an RSM's stake table does not change (DESIGN §1). Each RSM counts its own
 * epochs.
 *
 * @param number counted from 1, so that 0 never names a table by accident
 */
public record Epoch(long number) implements Comparable<Epoch> {

  /** The epoch of the stake table that the operator configures (weak subjectivity). */
  public static final Epoch FIRST = new Epoch(1);

  public Epoch {
    if (number < 1) {
      throw new IllegalArgumentException("epochs count from 1, got " + number);
    }
  }

  /** The epoch that follows this one. */
  public Epoch next() {
    return new Epoch(Math.addExact(number, 1));
  }

  @Override
  public int compareTo(Epoch other) {
    return Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    return Long.toString(number);
  }
}
