package dev.mallard.testnet.sim;

import java.util.BitSet;

/** Which incoming bundles one replica has durably, seen from outside. */
final class HeldRecord {
  private final BitSet bundles = new BitSet();
  private long executed;

  void hold(long sequence) {
    bundles.set(Math.toIntExact(sequence));
  }

  /** The local chain has executed up to a bundle at a finalized block. */
  void execute(long sequence) {
    executed = Math.max(executed, sequence);
  }

  boolean isHeld(long sequence) {
    return sequence <= executed || (sequence < Integer.MAX_VALUE && bundles.get((int) sequence));
  }

  /** The last bundle of which all before it are held too. */
  long upTo() {
    int gap = bundles.nextClearBit(Math.toIntExact(executed) + 1);
    return gap - 1L;
  }
}
