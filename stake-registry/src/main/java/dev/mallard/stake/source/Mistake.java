package dev.mallard.stake.source;

/**
 * One thing wrong with a stake table, for the person who can put it right.
 *
 * @param key where it stands, for example {@code validator[2].stake (line 14)}
 * @param value what stands there, shortened; {@code (nothing)} if the key is missing
 * @param remedy what to write instead
 */
public record Mistake(String key, String value, String remedy) {

  static final String NOTHING = "(nothing)";

  private static final int VALUE_CHARS_MAX = 100;

  public Mistake {
    value = printable(value);
  }

  /**
   * Cuts a long value and hides control characters: it comes from outside and goes to a terminal.
   */
  private static String printable(String value) {
    String cut =
        value.length() <= VALUE_CHARS_MAX ? value : value.substring(0, VALUE_CHARS_MAX) + "…";
    return cut.replaceAll("\\p{Cntrl}", "?");
  }

  @Override
  public String toString() {
    return key + " = " + value + ": " + remedy;
  }
}
