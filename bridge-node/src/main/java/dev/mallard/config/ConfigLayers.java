package dev.mallard.config;

import dev.mallard.stake.source.Mistake;
import dev.mallard.stake.source.TomlText;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.tuweni.toml.TomlParseResult;
import org.apache.tuweni.toml.TomlPosition;
import org.apache.tuweni.toml.TomlTable;

/**
 * Lays the environment over the file and the flags over both; what none of them may set is a
 * mistake.
 */
final class ConfigLayers {
  private final List<Mistake> mistakes;
  private final Map<ConfigKey, Setting> settings = new EnumMap<>(ConfigKey.class);

  ConfigLayers(List<Mistake> mistakes) {
    this.mistakes = mistakes;
  }

  Map<ConfigKey, Setting> settings() {
    return settings;
  }

  /** False when it is no TOML, so that nothing can be said of its keys. */
  boolean addFile(String toml) {
    Optional<TomlParseResult> parsed = TomlText.parse(toml, mistakes, ConfigLayers::withoutQuotes);
    parsed.ifPresent(file ->
        file.keyPathSet(true).stream()
            .sorted(ConfigLayers::byPosition)
            .forEach(path -> addPath(file, path)));
    return parsed.isPresent();
  }

  private static int byPosition(List<String> left, List<String> right) {
    return String.join(".", left).compareTo(String.join(".", right));
  }

  /** The parser quotes what it stumbled over, which may be a secret: longer quotes are left out. */
  private static String withoutQuotes(String message) {
    return message.replaceAll("(?s)'[^']{4,}'", "'…'");
  }

  private void addPath(TomlTable file, List<String> path) {
    Object value = file.get(path);
    String key = String.join(".", path);
    Optional<ConfigKey> known = ConfigKey.find(key);
    if (known.isPresent() && value != null) {
      settings.put(known.get(), new Setting(value, position(file, path)));
    } else if (!(value instanceof TomlTable) || isUnknownTable(path)) {
      String origin = position(file, path);
      mistakes.add(
          new Mistake(key + " (" + origin + ")", Setting.NOT_SHOWN, NearestKey.remedyFor(key)));
    }
  }

  private static boolean isUnknownTable(List<String> path) {
    return path.size() == 1 && !ConfigKey.sections().contains(path.getFirst());
  }

  private static String position(TomlTable file, List<String> path) {
    TomlPosition position = file.inputPositionOf(path);
    return position == null ? "file" : "line " + position.line();
  }

  /**
   * Only variables of a known section are looked at: others that start with MALLARD_ are not ours
   * to judge.
   */
  void addEnvironment(Map<String, String> environment) {
    Set<String> sections = ConfigKey.sections();
    Map<String, ConfigKey> byVariable = new TreeMap<>();
    for (ConfigKey key : ConfigKey.values()) {
      byVariable.put(key.variable(), key);
    }
    new TreeMap<>(environment)
        .forEach((name, value) -> {
          ConfigKey key = byVariable.get(name);
          if (key != null) {
            settings.put(key, new Setting(value, "environment " + name));
          } else if (sections.stream().anyMatch(section -> isOfSection(name, section))) {
            mistakes.add(new Mistake(name, Setting.NOT_SHOWN, NearestKey.remedyForVariable(name)));
          }
        });
  }

  private static boolean isOfSection(String variable, String section) {
    String prefix = ConfigKey.VARIABLE_PREFIX + section + "_";
    return variable.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  void addFlags(Map<String, String> flags) {
    new TreeMap<>(flags)
        .forEach((name, value) ->
            ConfigKey.find(name)
                .ifPresentOrElse(
                    key -> settings.put(key, new Setting(value, "--set")),
                    () ->
                        mistakes.add(
                            new Mistake(
                                name + " (--set)",
                                Setting.NOT_SHOWN,
                                NearestKey.remedyFor(name)))));
  }
}
