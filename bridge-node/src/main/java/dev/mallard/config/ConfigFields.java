package dev.mallard.config;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.source.Mistake;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.tuweni.toml.TomlArray;

/**
 * Reads the settings one by one; what is wrong is noted as a {@link Mistake} with its remedy and
 * read on.
 */
final class ConfigFields {
  /** RPC URLs of a chain at the most: each is polled. */
  static final int RPC_URLS_MAX = 8;

  private static final String NOTHING = "(nothing)";
  private static final int URL_CHARS_MAX = 2048;
  private static final Pattern HOST = Pattern.compile("[0-9a-zA-Z_:.-]{1,253}");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,18}");
  private static final String ADDRESS_REMEDY =
      "write a contract's or account's address: 0x and 40 hex digits, in lower case or with a correct EIP-55 checksum, not zero";

  private final Map<ConfigKey, Setting> settings;
  private final Path base;
  private final List<Mistake> mistakes;

  /**
   * @param base the folder that relative paths start from
   * @param mistakes where mistakes are noted
   */
  ConfigFields(Map<ConfigKey, Setting> settings, Path base, List<Mistake> mistakes) {
    this.settings = settings;
    this.base = base;
    this.mistakes = mistakes;
  }

  boolean has(ConfigKey key) {
    return settings.containsKey(key);
  }

  /** What the layers hold, numbers in one form; for relations between keys. */
  Optional<Object> value(ConfigKey key) {
    return Optional.ofNullable(settings.get(key)).map(setting -> setting.value().toString());
  }

  /** A required number. */
  Optional<Long> number(ConfigKey key, long min, long max) {
    return required(key, numberRemedy(min, max), raw -> numberOf(raw, min, max));
  }

  /** A number that has a default. */
  long number(ConfigKey key, long min, long max, long fallback) {
    return has(key) ? number(key, min, max).orElse(fallback) : fallback;
  }

  int integer(ConfigKey key, int min, int max, int fallback) {
    return Math.toIntExact(number(key, min, max, fallback));
  }

  private static String numberRemedy(long min, long max) {
    return "write a number from " + min + (max == Long.MAX_VALUE ? " up" : " to " + max);
  }

  private static Optional<Long> numberOf(Object raw, long min, long max) {
    Optional<Long> number =
        switch (raw) {
          case Long value -> Optional.of(value);
          case String text when DECIMAL.matcher(text).matches() -> Optional.of(Long.valueOf(text));
          default -> Optional.empty();
        };
    return number.filter(value -> value >= min && value <= max);
  }

  /** A required address. */
  Optional<BridgeAddress> address(ConfigKey key) {
    return text(key, ADDRESS_REMEDY, Eip55::read);
  }

  /** A host name or address; looks nothing up. */
  String host(ConfigKey key, String fallback) {
    String remedy = "write a host name or an IP address, without brackets and port";
    Function<String, Optional<String>> read =
        text -> Optional.of(text).filter(host -> HOST.matcher(host).matches());
    return has(key) ? text(key, remedy, read).orElse(fallback) : fallback;
  }

  /** A path that need not exist yet, absolute. */
  Optional<Path> path(ConfigKey key, String what) {
    return text(key, "write the path of " + what, this::absolute);
  }

  /** A file that exists and can be read, absolute. */
  Optional<Path> file(ConfigKey key, String what) {
    Optional<Path> path = path(key, what);
    if (path.isPresent() && !(Files.isRegularFile(path.get()) && Files.isReadable(path.get()))) {
      note(
          key,
          "make it the path of "
              + what
              + ", a file that this user may read; relative paths start at "
              + base);
      return Optional.empty();
    }
    return path;
  }

  private Optional<Path> absolute(String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(base.resolve(text).normalize());
    } catch (InvalidPathException noPath) {
      return Optional.empty();
    }
  }

  /** An optional URL of one of the schemes. */
  Optional<URI> url(ConfigKey key, Set<String> schemes) {
    return has(key)
        ? text(key, urlRemedy(schemes), text -> urlOf(text, schemes))
        : Optional.empty();
  }

  /** A list of URLs; in a variable or flag separated by commas. */
  Optional<List<URI>> urls(ConfigKey key, Set<String> schemes) {
    String remedy = "write 1 to " + RPC_URLS_MAX + " different URLs: " + urlRemedy(schemes);
    return required(
        key,
        remedy,
        raw -> {
          List<URI> urls = new ArrayList<>();
          List<?> parts = listOf(raw);
          parts.forEach(part -> urlOf(part, schemes).ifPresent(urls::add));
          boolean isSound = urls.size() == parts.size() && Set.copyOf(urls).size() == urls.size();
          return isSound && !urls.isEmpty() && urls.size() <= RPC_URLS_MAX
              ? Optional.of(List.copyOf(urls))
              : Optional.empty();
        });
  }

  private static List<?> listOf(Object raw) {
    return switch (raw) {
      case TomlArray array -> array.toList();
      case String text -> List.of(text.split(",", -1));
      default -> List.of();
    };
  }

  private static String urlRemedy(Set<String> schemes) {
    return schemes.stream().sorted().map(scheme -> scheme + "://host:port/…").toList().toString();
  }

  private static Optional<URI> urlOf(Object raw, Set<String> schemes) {
    if (!(raw instanceof String text) || text.length() > URL_CHARS_MAX) {
      return Optional.empty();
    }
    try {
      URI url = URI.create(text.strip());
      String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      boolean isUsable =
          schemes.contains(scheme) && url.getHost() != null && url.getRawFragment() == null;
      return isUsable ? Optional.of(url) : Optional.empty();
    } catch (IllegalArgumentException noUrl) {
      return Optional.empty();
    }
  }

  private <T> Optional<T> text(ConfigKey key, String remedy, Function<String, Optional<T>> read) {
    return required(
        key, remedy, raw -> raw instanceof String text ? read.apply(text) : Optional.empty());
  }

  private <T> Optional<T> required(
      ConfigKey key, String remedy, Function<Object, Optional<T>> read) {
    Optional<T> value = Optional.ofNullable(settings.get(key)).flatMap(s -> read.apply(s.value()));
    if (value.isEmpty()) {
      note(key, remedy);
    }
    return value;
  }

  /** Notes what is wrong with a key, showing as much of its value as may be shown. */
  void note(ConfigKey key, String remedy) {
    Setting setting = settings.get(key);
    String where = setting == null ? key.key() : key.key() + " (" + setting.origin() + ")";
    mistakes.add(new Mistake(where, setting == null ? NOTHING : setting.shown(key.echo()), remedy));
  }
}
