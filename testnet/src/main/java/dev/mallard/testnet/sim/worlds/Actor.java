package dev.mallard.testnet.sim.worlds;

import dev.mallard.c3b.StateSink;

/**
 * One correct replica: the real core, its disk and its verifier. A pure function of what has
 * happened to it, so that its state can be had again by letting the same happen to a new one.
 */
interface Actor {
  /** Something happens. */
  void take(Happening happening, Witness witness);

  /** What the world sees. */
  Outlook outlook();

  /** Everything that decides what it does from now on. */
  void describeState(StateSink sink);
}
