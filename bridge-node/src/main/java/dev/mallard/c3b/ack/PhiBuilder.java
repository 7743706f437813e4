package dev.mallard.c3b.ack;

/** Collects the bits of a phi-list ([ACK-1]). */
public final class PhiBuilder {
  private final long cumulative;
  private final int length;
  private final long[] words;

  /**
   * @param cumulative p
   * @param last the highest bundle known to exist: a phi-list speaks of none beyond
   * @param bitsMax φ
   */
  public PhiBuilder(long cumulative, long last, int bitsMax) {
    this.cumulative = cumulative;
    this.length = Math.clamp(last - cumulative, 0, bitsMax);
    this.words = new long[(length + Long.SIZE - 1) / Long.SIZE];
  }

  /** Notes a bundle beyond p as held; one beyond the list is passed over. */
  public void onHeld(long sequence) {
    long offset = sequence - cumulative - 1;
    if (offset >= 0 && offset < length) {
      words[(int) (offset / Long.SIZE)] |= 1L << offset % Long.SIZE;
    }
  }

  /** The list. */
  public PhiList build() {
    return length == 0 ? PhiList.EMPTY : PhiList.of(words, length);
  }
}
