package dev.mallard.testnet.sim.worlds;

import org.jspecify.annotations.Nullable;

/**
 * A set of 64-bit keys that several threads fill, each key perhaps with the key it was reached
 * from. Open addressing in arrays of numbers: 8 or 16 bytes a place, and half to three quarters of
 * the places are taken.
 *
 * <p>Keys are digests. Among 10^8 states the chance that any two share one is about 3 in 10,000.
 */
final class KeySet {
  private static final int SEGMENTS = 256;
  private static final int PLACES_FIRST = 64;

  private final Segment[] segments = new Segment[SEGMENTS];

  KeySet(boolean isLinked) {
    for (int i = 0; i < SEGMENTS; i++) {
      segments[i] = new Segment(isLinked);
    }
  }

  /**
   * Adds a key.
   *
   * @param from where it was reached from; kept for a new key in a linked set
   * @return whether it is new
   */
  boolean add(long key, long from) {
    return segment(key).add(nonZero(key), from);
  }

  boolean contains(long key) {
    return segment(key).contains(nonZero(key));
  }

  /** Where a key was first reached from. */
  long from(long key) {
    return segment(key).from(nonZero(key));
  }

  long size() {
    long size = 0;
    for (Segment segment : segments) {
      size += segment.size();
    }
    return size;
  }

  private Segment segment(long key) {
    return segments[(int) (key >>> 56)];
  }

  private static long nonZero(long key) {
    return key == 0 ? 1 : key;
  }

  /** A part of the set, under one lock. */
  private static final class Segment {
    private long[] keys = new long[PLACES_FIRST];
    private long @Nullable [] froms;
    private int size;

    Segment(boolean isLinked) {
      froms = isLinked ? new long[PLACES_FIRST] : null;
    }

    synchronized boolean add(long key, long from) {
      int place = place(keys, key);
      if (keys[place] == key) {
        return false;
      }
      keys[place] = key;
      long[] links = froms;
      if (links != null) {
        links[place] = from;
      }
      size++;
      if (4L * size > 3L * keys.length) {
        grow();
      }
      return true;
    }

    synchronized boolean contains(long key) {
      return keys[place(keys, key)] == key;
    }

    synchronized long from(long key) {
      long[] links = froms;
      int place = place(keys, key);
      if (links == null || keys[place] != key) {
        throw new IllegalStateException("an unknown state");
      }
      return links[place];
    }

    synchronized int size() {
      return size;
    }

    private static int place(long[] keys, long key) {
      int mask = keys.length - 1;
      int place = (int) (key & mask);
      while (keys[place] != 0 && keys[place] != key) {
        place = (place + 1) & mask;
      }
      return place;
    }

    private void grow() {
      long[] old = keys;
      long[] oldFroms = froms;
      long[] more = new long[2 * old.length];
      long[] moreFroms = oldFroms == null ? null : new long[2 * old.length];
      for (int i = 0; i < old.length; i++) {
        if (old[i] != 0) {
          int place = place(more, old[i]);
          more[place] = old[i];
          if (oldFroms != null && moreFroms != null) {
            moreFroms[place] = oldFroms[i];
          }
        }
      }
      keys = more;
      froms = moreFroms;
    }
  }
}
