package dev.mallard.certify;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the entries used last, at most a number of them ([G-4]). Callers synchronize. */
final class BoundedCache<K, V> extends LinkedHashMap<K, V> {
  @Serial private static final long serialVersionUID = 1L;

  private final int entriesMax;

  BoundedCache(int entriesMax) {
    super(16, 0.75f, true);
    if (entriesMax < 1) {
      throw new IllegalArgumentException("a cache of " + entriesMax + " entries");
    }
    this.entriesMax = entriesMax;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > entriesMax;
  }
}
