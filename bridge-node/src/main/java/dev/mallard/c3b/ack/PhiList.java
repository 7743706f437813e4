package dev.mallard.c3b.ack;

import java.util.Arrays;

/**
 * Which of the bundles just beyond a cumulative acknowledgement p are held: bit i speaks of bundle
 * p + 1 + i ([ACK-1]). Bit 0 is never set by a correct replica (it would have raised p). Unsigned
 * by design: it is never relayed.
 */
public final class PhiList {
  /** Holds nothing beyond p, and speaks of no bundle beyond p. */
  public static final PhiList EMPTY = new PhiList(new long[0], 0);

  private final long[] words;
  private final int length;

  private PhiList(long[] words, int length) {
    this.words = words;
    this.length = length;
  }

  /**
   * Of the words of a bitmap, little end first.
   *
   * @param length bits that are spoken of; bits beyond are cut off
   */
  public static PhiList of(long[] words, int length) {
    int wordCount = (length + Long.SIZE - 1) / Long.SIZE;
    if (length < 0 || words.length < wordCount) {
      throw new IllegalArgumentException(length + " bits do not fit " + words.length + " words");
    }
    long[] copy = Arrays.copyOf(words, wordCount);
    int tail = length % Long.SIZE;
    if (tail != 0) {
      copy[wordCount - 1] &= (1L << tail) - 1;
    }
    return new PhiList(copy, length);
  }

  /** Bits spoken of: bundles p + 1 … p + length. */
  public int length() {
    return length;
  }

  /** Whether bundle p + 1 + offset is held; false beyond {@link #length}. */
  public boolean isHeld(int offset) {
    return offset >= 0 && offset < length && (words[offset / Long.SIZE] >>> offset & 1) != 0;
  }

  /** The bitmap's words, little end first; a copy. */
  public long[] words() {
    return words.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PhiList that
        && length == that.length
        && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(words) + length;
  }

  @Override
  public String toString() {
    StringBuilder bits = new StringBuilder(length + 5).append("phi[");
    for (int i = 0; i < length; i++) {
      bits.append(isHeld(i) ? '1' : '0');
    }
    return bits.append(']').toString();
  }
}
