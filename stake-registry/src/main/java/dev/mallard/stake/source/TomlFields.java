package dev.mallard.stake.source;

import dev.mallard.stake.Stake;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.tuweni.toml.TomlPosition;
import org.apache.tuweni.toml.TomlTable;

/**
 * Reads the fields of one TOML table; whatever is wrong is noted as a {@link Mistake} and read on.
 */
final class TomlFields {

  private static final int DECIMAL_DIGITS_MAX = 78;

  private final TomlTable table;
  private final String prefix;
  private final List<Mistake> mistakes;

  /**
   * @param prefix of the keys in messages, for example {@code validator[2].}
   * @param mistakes where mistakes are noted
   */
  TomlFields(TomlTable table, String prefix, List<Mistake> mistakes) {
    this.table = table;
    this.prefix = prefix;
    this.mistakes = mistakes;
  }

  boolean has(String key) {
    return table.contains(List.of(key));
  }

  Optional<Object> raw(String key) {
    return Optional.ofNullable(table.get(List.of(key)));
  }

  /** A required number from 1 up to 2^63 − 1. */
  Optional<Long> positive(String key, String remedy) {
    return required(
        key,
        remedy,
        raw -> raw instanceof Long number && number > 0 ? Optional.of(number) : Optional.empty());
  }

  /** A required stake: a TOML integer, or a decimal string for what needs more than 63 bits. */
  Optional<Stake> stake(String key, String remedy) {
    return required(key, remedy, TomlFields::stakeOf);
  }

  /**
   * A required string that {@code read} can turn into a value; it may throw
   * IllegalArgumentException to refuse.
   */
  <T> Optional<T> text(String key, String remedy, Function<String, Optional<T>> read) {
    return required(
        key, remedy, raw -> raw instanceof String text ? read.apply(text) : Optional.empty());
  }

  void noteUnknownKeys(Set<String> known) {
    for (String key : new TreeSet<>(table.keySet())) {
      if (!known.contains(key)) {
        note(key, "remove it; the keys known here are " + String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  void note(String key, String remedy) {
    String value = raw(key).map(TomlFields::shown).orElse(Mistake.NOTHING);
    mistakes.add(new Mistake(prefix + key + position(key), value, remedy));
  }

  private <T> Optional<T> required(String key, String remedy, Function<Object, Optional<T>> read) {
    Optional<T> value = raw(key).flatMap(raw -> readOrRefuse(raw, read));
    if (value.isEmpty()) {
      note(key, remedy);
    }
    return value;
  }

  private static <T> Optional<T> readOrRefuse(Object raw, Function<Object, Optional<T>> read) {
    try {
      return read.apply(raw);
    } catch (IllegalArgumentException refused) {
      return Optional.empty();
    }
  }

  private static Optional<Stake> stakeOf(Object raw) {
    return switch (raw) {
      case Long number -> Optional.of(Stake.of(number));
      case String text when isDecimal(text) -> Optional.of(new Stake(new BigInteger(text)));
      default -> Optional.empty();
    };
  }

  private static boolean isDecimal(String text) {
    return !text.isEmpty()
        && text.length() <= DECIMAL_DIGITS_MAX
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static String shown(Object raw) {
    return switch (raw) {
      case String text -> '"' + text + '"';
      case TomlTable ignored -> "a table";
      default -> raw.toString();
    };
  }

  private String position(String key) {
    TomlPosition position = table.inputPositionOf(List.of(key));
    return position == null ? "" : " (line " + position.line() + ")";
  }
}
