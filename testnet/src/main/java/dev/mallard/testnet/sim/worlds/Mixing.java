package dev.mallard.testnet.sim.worlds;

/** Sixty-four bits in which every bit of the input counts (the finalizer of MurmurHash3). */
final class Mixing {
  private static final long FIRST = 0xff51afd7ed558ccdL;
  private static final long SECOND = 0xc4ceb9fe1a85ec53L;

  private Mixing() {}

  static long mix(long value) {
    long h = value;
    h = (h ^ h >>> 33) * FIRST;
    h = (h ^ h >>> 33) * SECOND;
    return h ^ h >>> 33;
  }

  /** Goes on from a digest with one more number. */
  static long mix(long digest, long value) {
    return mix(Long.rotateLeft(digest, 17) * FIRST + mix(value + SECOND));
  }
}
