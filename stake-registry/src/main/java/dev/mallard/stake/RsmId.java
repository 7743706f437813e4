package dev.mallard.stake;

/**
 * A replicated state machine: a chain, or another cluster with its own consensus (DESIGN §1).
 *
 * @param value positive; for an EVM chain its chain id, so that signatures and certificates bind to
 *     it
 */
public record RsmId(long value) implements Comparable<RsmId> {

  private static final int DIGITS_MAX = 19;

  public RsmId {
    if (value <= 0) {
      throw new IllegalArgumentException("an RSM id is a positive number, got " + value);
    }
  }

  /**
   * Reads the canonical decimal form: no sign, no leading zero, so that one RSM has one spelling.
   *
   * @throws IllegalArgumentException if {@code text} is anything else
   */
  public static RsmId parse(String text) {
    if (!isCanonical(text)) {
      throw new IllegalArgumentException(
          "an RSM id is a positive decimal number, got " + shown(text));
    }
    try {
      return new RsmId(Long.parseLong(text));
    } catch (NumberFormatException tooLarge) {
      throw new IllegalArgumentException("an RSM id is below 2^63, got " + shown(text), tooLarge);
    }
  }

  /** Callers echo messages to clients: no longer than an id can be. */
  private static String shown(String text) {
    return text.length() <= DIGITS_MAX + 1 ? "'" + text + "'" : text.length() + " characters";
  }

  private static boolean isCanonical(String text) {
    return !text.isEmpty()
        && text.charAt(0) != '0'
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public int compareTo(RsmId other) {
    return Long.compare(value, other.value);
  }

  /** The decimal number, as {@link #parse} reads it. */
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
