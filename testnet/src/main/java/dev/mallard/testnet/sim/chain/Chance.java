package dev.mallard.testnet.sim.chain;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Draws by thousandths; what cannot happen costs no draw. Each part of a chain has its own, so that
 * how often a replica asks does not change which blocks are replaced.
 */
final class Chance {
  private static final int PER_MILLE = 1000;
  private final RandomGenerator random;

  /** Of its own, from a seed. */
  Chance(long seed) {
    random = new SplittableRandom(seed);
  }

  boolean happens(int perMille) {
    return perMille > 0 && random.nextInt(PER_MILLE) < perMille;
  }

  /** From 0 to below {@code bound}. */
  int below(int bound) {
    return random.nextInt(bound);
  }
}
