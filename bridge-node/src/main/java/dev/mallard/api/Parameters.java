package dev.mallard.api;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads a request's query parameters; every one that is wrong is noted with its remedy and read on.
 */
final class Parameters {
  private static final int NAME_CHARS_MAX = 30;

  private final MultiMap query;
  private final List<Mistake> mistakes = new ArrayList<>();

  /**
   * One thing wrong.
   *
   * @param parameter its name as the document spells it
   */
  record Mistake(String parameter, String remedy) {}

  Parameters(MultiMap query, Set<String> known) {
    this.query = query;
    for (String name : new TreeSet<>(query.names())) {
      if (!known.contains(name)) {
        note(printable(name), knownRemedy(known));
      } else if (query.getAll(name).size() > 1) {
        note(name, "give it once");
      }
    }
  }

  private static String knownRemedy(Set<String> known) {
    return known.isEmpty()
        ? "remove it: there are no parameters here"
        : "remove it; the parameters here are " + String.join(", ", new TreeSet<>(known));
  }

  /** It goes back to the client: short, and nothing that a terminal obeys. */
  private static String printable(String name) {
    String cut = name.length() > NAME_CHARS_MAX ? name.substring(0, NAME_CHARS_MAX) + "…" : name;
    return cut.replaceAll("[^\\p{Alnum}_.-…]", "?");
  }

  /**
   * A parameter that may be absent.
   *
   * @param read refuses with IllegalArgumentException or empty
   */
  <T> Optional<T> optional(String name, String remedy, Function<String, Optional<T>> read) {
    String text = query.get(name);
    if (text == null) {
      return Optional.empty();
    }
    Optional<T> value = value(text, read);
    if (value.isEmpty()) {
      note(name, remedy);
    }
    return value;
  }

  /** What is in a path; empty and noted if it cannot be read. */
  <T> Optional<T> path(
      String name, String text, String remedy, Function<String, Optional<T>> read) {
    Optional<T> value = value(text, read);
    if (value.isEmpty()) {
      note(name, remedy);
    }
    return value;
  }

  private static <T> Optional<T> value(String text, Function<String, Optional<T>> read) {
    try {
      return read.apply(text);
    } catch (IllegalArgumentException refused) {
      return Optional.empty();
    }
  }

  void note(String name, String remedy) {
    mistakes.add(new Mistake(name, remedy));
  }

  List<Mistake> mistakes() {
    return mistakes;
  }
}
