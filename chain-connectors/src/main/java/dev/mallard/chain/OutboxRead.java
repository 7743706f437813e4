package dev.mallard.chain;

import java.util.List;

/** What one reading of the Outbox gave ([OUT-2]). Only {@link Progress} moves the cursor. */
public sealed interface OutboxRead {
  /**
   * Blocks whose entries extend the accumulator of the cursor exactly.
   *
   * @param blocks those with entries, in order
   * @param next the cursor behind them; may lie beyond the last of {@code blocks}
   */
  record Progress(List<BlockEntries> blocks, OutboxCursor next) implements OutboxRead {
    public Progress {
      blocks = List.copyOf(blocks);
    }
  }

  /** The answers of the RPC do not fit together (dropped logs, stale head): read again later. */
  record Suspect(String reason) implements OutboxRead {}

  /** A block that was finalized is no longer on the chain: the stream halts, nothing is signed. */
  record FinalityBroken(BlockRef expected, BlockRef found) implements OutboxRead {}
}
