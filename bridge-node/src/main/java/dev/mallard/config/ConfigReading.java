package dev.mallard.config;

import dev.mallard.stake.source.Mistake;
import java.util.List;

/** What came of reading a configuration. */
public sealed interface ConfigReading {
  /** Every check passed. */
  record Sound(NodeConfig config) implements ConfigReading {}

  /**
   * It cannot be used.
   *
   * @param mistakes all of them, at least one; no secret is in any
   */
  record Unsound(List<Mistake> mistakes) implements ConfigReading {
    public Unsound {
      mistakes = List.copyOf(mistakes);
    }
  }
}
