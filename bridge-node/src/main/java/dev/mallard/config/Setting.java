package dev.mallard.config;

import java.net.URI;
import org.apache.tuweni.toml.TomlArray;
import org.apache.tuweni.toml.TomlTable;

/**
 * The value of one key after all layers, not yet checked.
 *
 * @param value what TOML reads as, or the text of a variable or flag
 * @param origin where it was set, for messages: {@code line 7}, {@code environment
 *     MALLARD_NET_PORT}, {@code --set}
 */
record Setting(Object value, String origin) {
  static final String NOT_SHOWN = "(not shown)";

  /** What a message may show of it. */
  String shown(ConfigKey.Echo echo) {
    return switch (echo) {
      case NEVER -> NOT_SHOWN;
      case WITHOUT_CREDENTIALS -> withoutCredentials();
      case FULL -> shownInFull();
    };
  }

  private String shownInFull() {
    return switch (value) {
      case String text -> '"' + text + '"';
      case TomlTable ignored -> "a table";
      case TomlArray array -> "a list of " + array.size();
      default -> value.toString();
    };
  }

  private String withoutCredentials() {
    return value instanceof String text ? withoutCredentials(text) : shownInFull();
  }

  /** Scheme, host and port of a URL; what follows may be an access key. */
  static String withoutCredentials(String url) {
    try {
      URI parsed = URI.create(url);
      if (parsed.getHost() == null || parsed.getScheme() == null) {
        return NOT_SHOWN;
      }
      String port = parsed.getPort() < 0 ? "" : ":" + parsed.getPort();
      String path = parsed.getRawPath();
      boolean isBare = (path == null || path.length() <= 1) && parsed.getRawQuery() == null;
      return '"'
          + parsed.getScheme()
          + "://"
          + parsed.getHost()
          + port
          + (isBare ? "" : "/…")
          + '"';
    } catch (IllegalArgumentException noUrl) {
      return NOT_SHOWN;
    }
  }
}
