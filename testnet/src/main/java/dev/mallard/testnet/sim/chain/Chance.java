package dev.mallard.testnet.sim.chain;

import java.util.random.RandomGenerator;

/** Draws by thousandths; what cannot happen costs no draw. */
final class Chance {
  private static final int PER_MILLE = 1000;
  private final RandomGenerator random;

  Chance(RandomGenerator random) {
    this.random = random;
  }

  boolean happens(int perMille) {
    return perMille > 0 && random.nextInt(PER_MILLE) < perMille;
  }

  /** From 0 to below {@code bound}. */
  int below(int bound) {
    return random.nextInt(bound);
  }
}
