package dev.mallard.stake.source;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.tuweni.toml.Toml;
import org.apache.tuweni.toml.TomlParseResult;

/** TOML from outside. What the parser can't read, or stumbles over, is a {@link Mistake}. */
public final class TomlText {
  private static final String REMEDY = "correct the TOML syntax";

  private TomlText() {}

  /**
   * Parses a document.
   *
   * @param mistakes where what is wrong is noted, all of it
   * @param shown applied to each message of the parser, which quotes what it read
   * @return empty if anything is wrong with the syntax
   */
  public static Optional<TomlParseResult> parse(
      String toml, List<Mistake> mistakes, UnaryOperator<String> shown) {
    try {
      TomlParseResult parsed = Toml.parse(toml);
      parsed
          .errors()
          .forEach(error ->
              mistakes.add(
                  new Mistake(
                      "line " + error.position().line(),
                      shown.apply(String.valueOf(error.getMessage())),
                      REMEDY)));
      return parsed.hasErrors() ? Optional.empty() : Optional.of(parsed);
    } catch (AssertionError | RuntimeException stumbled) { // of the parser itself
      mistakes.add(
          new Mistake(
              "a string",
              Mistake.NOTHING,
              REMEDY + ": the parser gave up, as it does on a backslash that starts no escape"));
      return Optional.empty();
    }
  }
}
