package dev.mallard.testnet.sim.disk;

import dev.mallard.store.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is on a disk: records by family, in the unsigned byte order of their keys. */
final class DiskRecords {
  private final Map<Family, SortedMap<byte[], byte[]>> families = new EnumMap<>(Family.class);
  private @Nullable List<Change> undone;

  /** One change of a batch. */
  interface Change {
    /** Does it. */
    void applyTo(DiskRecords records);
  }

  DiskRecords() {
    for (Family family : Family.values()) {
      families.put(family, new TreeMap<>(Arrays::compareUnsigned));
    }
  }

  SortedMap<byte[], byte[]> of(Family family) {
    return Objects.requireNonNull(families.get(family));
  }

  void apply(List<Change> changes) {
    for (Change change : changes) {
      change.applyTo(this);
    }
  }

  /** Applies changes; returns those that take them back. */
  List<Change> applyReversibly(List<Change> changes) {
    List<Change> reverse = new ArrayList<>(changes.size());
    undone = reverse;
    apply(changes);
    undone = null;
    return reverse.reversed();
  }

  void put(Family family, byte[] key, byte[] value) {
    remember(family, key, of(family).put(key, value));
  }

  void delete(Family family, byte[] key) {
    remember(family, key, of(family).remove(key));
  }

  void deleteRange(Family family, byte[] from, byte[] to) {
    SortedMap<byte[], byte[]> dropped = of(family).subMap(from, to);
    if (undone != null) {
      dropped.forEach((key, value) -> remember(family, key, value));
    }
    dropped.clear();
  }

  private void remember(Family family, byte[] key, byte @Nullable [] before) {
    if (undone != null) {
      undone.add(
          before == null
              ? records -> records.delete(family, key)
              : records -> records.put(family, key, before));
    }
  }
}
