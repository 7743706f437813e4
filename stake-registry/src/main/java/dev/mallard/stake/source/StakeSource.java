package dev.mallard.stake.source;

import dev.mallard.stake.Epoch;
import dev.mallard.stake.StakeTable;
import java.io.IOException;

/**
 * Tells who validates an RSM. Implementations may block on IO and are not called from an event
 * loop.
 */
public interface StakeSource {

  /**
   * The newest epoch whose table this source is sure of: for a chain, as of its finalized block.
   */
  Epoch currentEpoch() throws IOException;

  /**
   * The validators of {@code epoch}, with how to reach them. Asking twice gives equal answers.
   *
   * @throws UnknownEpochException if the source has no such epoch (yet)
   * @throws InvalidStakeTableException if what the source holds is no sound stake table
   * @throws IOException if the source cannot be read now; trying again later may help
   */
  Registry registry(Epoch epoch) throws IOException;

  /** The stake table alone, as {@link #registry} gives it. */
  default StakeTable table(Epoch epoch) throws IOException {
    return registry(epoch).table();
  }
}
