package dev.mallard.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what a misspelt name was meant to be. */
final class NearestKey {
  private static final int NAME_CHARS_MAX = 100;

  private NearestKey() {}

  /** The remedy for an unknown key. */
  static String remedyFor(String unknown) {
    List<String> known = Arrays.stream(ConfigKey.values()).map(ConfigKey::key).toList();
    return "no such key; did you mean " + nearest(unknown, known) + "? Else remove it";
  }

  /** The remedy for an unknown environment variable. */
  static String remedyForVariable(String unknown) {
    List<String> known = Arrays.stream(ConfigKey.values()).map(ConfigKey::variable).toList();
    return "no such variable; did you mean " + nearest(unknown, known) + "? Else unset it";
  }

  /** The name with the fewest single-letter edits; camel case counts as kebab case. */
  static String nearest(String unknown, List<String> names) {
    String cut = unknown.length() > NAME_CHARS_MAX ? unknown.substring(0, NAME_CHARS_MAX) : unknown;
    String folded = fold(cut);
    return names.stream()
        .min(Comparator.comparingInt(name -> edits(folded, fold(name))))
        .orElseThrow();
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /** Levenshtein distance with two rows. */
  private static int edits(String from, String to) {
    int[] above = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      above[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] line = new int[to.length() + 1];
      line[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int swap = above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
        line[column] = Math.min(swap, 1 + Math.min(above[column], line[column - 1]));
      }
      above = line;
    }
    return above[to.length()];
  }
}
