package dev.mallard.chain.evm;

import dev.mallard.chain.Accumulator;
import dev.mallard.chain.BlockHead;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxRead;
import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.StreamId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads streams of the Outbox ([OUT-2]). Whatever does not fit together is read again from another
 * endpoint; only when none gives a sound reading the caller hears of it. A stream that stands still
 * costs nothing while {@link HeadStates} has the contract's word for it. Thread-safe.
 */
final class OutboxReader {
  /**
   * A cursor that lies further behind moves on even if nothing was sent, so that what is sent next
   * is found in one request.
   */
  private static final int STILL_BLOCKS_MAX = 8;

  private final RpcPool pool;
  private final BridgeAddress outbox;
  private final Accumulator accumulator;
  private final int logRangeBlocksMax;
  private final HeadStates states;

  /** Where the last sound reading of each stream ended: at a finalized head of this chain. */
  private final Map<StreamId, OutboxCursor> readTo = new ConcurrentHashMap<>();

  /** Where each stream is read from again if what lies before its cursor is in doubt. */
  private final Map<StreamId, StillCursors> still = new ConcurrentHashMap<>();

  OutboxReader(
      RpcPool pool,
      BridgeAddress outbox,
      Accumulator accumulator,
      int logRangeBlocksMax,
      HeadStates states) {
    this.pool = pool;
    this.outbox = outbox;
    this.accumulator = accumulator;
    this.logRangeBlocksMax = logRangeBlocksMax;
    this.states = states;
  }

  /** As ChainConnector.readOutbox. */
  OutboxRead read(StreamId stream, OutboxCursor cursor, BlockHead finalized, int blocksMax)
      throws ChainUnavailableException {
    if (finalized.ref().number() < cursor.block().number()) {
      return new OutboxRead.Suspect(
          "the finalized head " + finalized.ref() + " is behind the cursor " + cursor.block());
    }
    if (cursor.equals(readTo.remove(stream)) && isStill(stream, cursor, finalized.ref())) {
      readTo.put(stream, cursor);
      return new OutboxRead.Progress(List.of(), cursor);
    }
    OutboxRead read = scanned(stream, cursor, finalized, blocksMax);
    OutboxCursor before = stoodStillFrom(stream, cursor);
    return read instanceof OutboxRead.Suspect
            && before.block().number() < cursor.block().number()
            && scanned(stream, before, finalized, blocksMax) instanceof OutboxRead.Progress found
        ? found
        : read;
  }

  private OutboxCursor stoodStillFrom(StreamId stream, OutboxCursor cursor) {
    return still
        .merge(stream, StillCursors.at(cursor), (known, now) -> known.onCursor(now.newer()))
        .older();
  }

  private OutboxRead scanned(
      StreamId stream, OutboxCursor cursor, BlockHead finalized, int blocksMax)
      throws ChainUnavailableException {
    try {
      OutboxRead.Progress progress = scan(stream, cursor, finalized, blocksMax);
      if (progress.next().block().equals(finalized.ref())) {
        readTo.put(stream, progress.next());
      }
      return progress;
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

  private OutboxRead.Progress scan(
      StreamId stream, OutboxCursor cursor, BlockHead finalized, int blocksMax)
      throws ChainUnavailableException {
    return pool.read(
        "the Outbox of stream " + stream,
        endpoint ->
            new OutboxScan(
                    logs(endpoint, stream), accumulator, stream, cursor, finalized, blocksMax)
                .run());
  }

  private OutboxLogs logs(RpcEndpoint endpoint, StreamId stream) {
    return new OutboxLogs(endpoint, outbox, stream, logRangeBlocksMax);
  }

  /**
   * Whether the contract said, at this very block, that nothing was added. The cursor stays where
   * it is: had an endpoint given a stale answer, the next one would still show what it hid. That
   * the cursor's block is still on the chain needs no look, since it was a finalized head and each
   * newer one was checked to come after the one before.
   */
  private boolean isStill(StreamId stream, OutboxCursor cursor, BlockRef finalized) {
    if (finalized.number() - cursor.block().number() > STILL_BLOCKS_MAX) {
      return false;
    }
    try {
      Optional<RpcAnswer> told = states.outbox(stream.destination(), finalized);
      return told.isPresent()
          && OutboxLogs.tally(told.get(), outbox)
              .equals(new OutboxLogs.Tally(cursor.count(), cursor.acc()));
    } catch (EndpointFaultException unusable) {
      return false;
    }
  }
}
