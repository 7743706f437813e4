package dev.mallard.testnet.sim.chain;

import dev.mallard.chain.BlockEntries;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxRead;
import java.util.List;

/** Judges a reading of the Outbox in which logs may be missing ([OUT-2]). */
public interface ReadCheck {
  /**
   * What a replica makes of it.
   *
   * @param cursor what was read and proved before
   * @param read blocks as the RPC gave them
   * @param claimed what the contract says at the end of the reading
   */
  OutboxRead judge(OutboxCursor cursor, List<BlockEntries> read, OutboxCursor claimed);
}
