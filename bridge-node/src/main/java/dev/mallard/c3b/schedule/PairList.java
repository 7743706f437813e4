package dev.mallard.c3b.schedule;

import dev.mallard.stake.StakeTable;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * The pairs of one bundle in four bytes each: a window of bundles that are resent keeps as many
 * lists, and in a large validator set each of them has hundreds of pairs ([G-4]).
 */
final class PairList extends AbstractList<SendPair> implements RandomAccess {
  private static final int SIDE_BITS = 16;

  private int[] packed;
  private int size;

  /**
   * @param sizeMax pairs at most; indices are below {@link StakeTable#VALIDATORS_MAX}
   */
  PairList(int sizeMax) {
    this.packed = new int[sizeMax];
  }

  void append(int sender, int receiver) {
    packed[size++] = sender << SIDE_BITS | receiver;
  }

  /** Takes no more room than its pairs need; nothing is appended any more. */
  PairList trimmed() {
    packed = Arrays.copyOf(packed, size);
    return this;
  }

  @Override
  public SendPair get(int index) {
    int pair = packed[Objects.checkIndex(index, size)];
    return new SendPair(pair >>> SIDE_BITS, pair & (1 << SIDE_BITS) - 1);
  }

  @Override
  public int size() {
    return size;
  }
}
