package dev.mallard.c3b;

/**
 * Takes a state machine's state as numbers, so that whoever explores many states can tell when two
 * are the same. A description holds all that can change what the machine does from now on, and
 * nothing else: times are given relative to the present, and what is too long ago to make a
 * difference counts as equally long ago. Two machines of one replica with equal descriptions answer
 * equal inputs with equal effects for ever; round numbers may differ by whole walks of [SCHED-3].
 */
@FunctionalInterface
public interface StateSink {
  /** The next number of the description. */
  void put(long value);

  /** The next truth value. */
  default void put(boolean value) {
    put(value ? 1 : 0);
  }

  /** Something that the core carries unseen; equal values are told from others by their hash. */
  default void putValue(Object value) {
    put(value.hashCode());
  }

  /**
   * How long ago something was.
   *
   * @param ageMax from here on it makes no difference
   */
  default void putAge(long now, long since, long ageMax) {
    put(Math.min(now - since, ageMax));
  }
}
