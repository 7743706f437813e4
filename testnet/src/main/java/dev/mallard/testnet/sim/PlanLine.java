package dev.mallard.testnet.sim;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One line of a plan file: words, then fields; every field is asked for, and nothing else is there.
 */
final class PlanLine {
  private static final int DIGITS_MAX = 78;
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  private final int number;
  private final List<String> words = new ArrayList<>();
  private final Map<String, String> fields = new LinkedHashMap<>();

  PlanLine(int number, String text) throws PlanException {
    this.number = number;
    for (String part : text.strip().split("\\s+", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0 && fields.isEmpty()) {
        words.add(part);
      } else if (equals <= 0) {
        throw wrong("expected key=value, got \"" + part + "\"");
      } else if (fields.putIfAbsent(part.substring(0, equals), part.substring(equals + 1))
          != null) {
        throw wrong(part.substring(0, equals) + " is there twice");
      }
    }
  }

  /** The words before the fields. */
  List<String> words() {
    return words;
  }

  String word(int at, String what) throws PlanException {
    if (at >= words.size()) {
      throw wrong("expected " + what + " after \"" + String.join(" ", words) + "\"");
    }
    return words.get(at);
  }

  /** Refuses a line with more or fewer words, or with other fields. */
  void require(int wordCount, List<String> keys) throws PlanException {
    if (words.size() != wordCount) {
      throw wrong("expected " + wordCount + " words before the fields, got " + words);
    }
    for (String key : keys) {
      if (!fields.containsKey(key)) {
        throw wrong(key + "=… is missing; expected " + String.join(", ", keys));
      }
    }
    for (String key : fields.keySet()) {
      if (!keys.contains(key)) {
        throw wrong("unknown field " + key + "; expected " + String.join(", ", keys));
      }
    }
  }

  /** A field that {@link #require} has found. */
  String field(String key) {
    return Objects.requireNonNull(fields.get(key));
  }

  int number(String key, int min, int max) throws PlanException {
    return (int) longNumber(key, min, max);
  }

  long longNumber(String key, long min, long max) throws PlanException {
    return inRange(key, field(key), min, max);
  }

  long inRange(String what, String text, long min, long max) throws PlanException {
    BigInteger value = big(what, text);
    if (value.compareTo(BigInteger.valueOf(min)) < 0
        || value.compareTo(BigInteger.valueOf(max)) > 0) {
      throw wrong(what + " is " + text + ", must be from " + min + " to " + max);
    }
    return value.longValueExact();
  }

  BigInteger big(String what, String text) throws PlanException {
    if (text.length() > DIGITS_MAX || !DIGITS.matcher(text).matches()) {
      throw wrong(what + " is \"" + text + "\", must be a whole number without sign");
    }
    return new BigInteger(text);
  }

  boolean yes(String key) throws PlanException {
    return switch (field(key)) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw wrong(key + " is \"" + field(key) + "\", must be yes or no");
    };
  }

  <E extends Enum<E>> E choice(String what, String text, E[] all) throws PlanException {
    for (E value : all) {
      if (PlanForm.word(value).equals(text)) {
        return value;
      }
    }
    List<String> known = Arrays.stream(all).map(PlanForm::word).toList();
    throw wrong(what + " is \"" + text + "\", must be one of " + String.join(", ", known));
  }

  PlanException wrong(String what) {
    return new PlanException("line " + number + ": " + what);
  }
}
