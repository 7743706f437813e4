package dev.mallard.c3b;

import java.util.function.Supplier;

/**
 * What must hold after every step of the core, in production too. A breach is a bug of ours, never
 * a peer's doing.
 */
public final class Invariant {
  private Invariant() {}

  /**
   * Stops the stream rather than let it go on from a state that should not exist.
   *
   * @throws IllegalStateException unless {@code holds}
   */
  public static void check(boolean holds, Supplier<String> what) {
    if (!holds) {
      throw new IllegalStateException("invariant broken: " + what.get());
    }
  }
}
