package dev.mallard.chain.evm;

import dev.mallard.chain.Accumulator;
import dev.mallard.chain.BlockHead;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxRead;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.StreamId;

/**
 * Reads streams of the Outbox ([OUT-2]). Whatever does not fit together is read again from another
 * endpoint; only when none gives a sound reading the caller hears of it. Holds no state.
 */
final class OutboxReader {
  private final RpcPool pool;
  private final BridgeAddress outbox;
  private final Accumulator accumulator;
  private final int logRangeBlocksMax;

  OutboxReader(RpcPool pool, BridgeAddress outbox, Accumulator accumulator, int logRangeBlocksMax) {
    this.pool = pool;
    this.outbox = outbox;
    this.accumulator = accumulator;
    this.logRangeBlocksMax = logRangeBlocksMax;
  }

  /** As ChainConnector.readOutbox. */
  OutboxRead read(StreamId stream, OutboxCursor cursor, BlockHead finalized, int blocksMax)
      throws ChainUnavailableException {
    if (finalized.ref().number() < cursor.block().number()) {
      return new OutboxRead.Suspect(
          "the finalized head " + finalized.ref() + " is behind the cursor " + cursor.block());
    }
    try {
      return pool.read(
          "the Outbox of stream " + stream,
          endpoint ->
              new OutboxScan(
                      new OutboxLogs(endpoint, outbox, stream, logRangeBlocksMax),
                      accumulator,
                      stream,
                      cursor,
                      finalized,
                      blocksMax)
                  .run());
    } catch (ChainUnavailableException e) {
      if (e.getCause() instanceof EndpointFaultException.Forked fork) {
        return new OutboxRead.FinalityBroken(fork.expected(), fork.found());
      }
      if (e.getCause() instanceof EndpointFaultException.Suspect) {
        return new OutboxRead.Suspect(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }
}
