package dev.mallard.chain;

import dev.mallard.stake.Epoch;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.StreamId;
import java.util.List;

/**
 * One replicated state machine as its bridge nodes see it: the chain that this node runs beside.
 * All calls block and may be made from several worker threads, never from an event loop. All
 * answers have passed the checks named at each method; what the chain's RPC says is otherwise
 * untrusted.
 */
public interface ChainConnector extends AutoCloseable {
  /** Which chain. */
  RsmId rsm();

  /**
   * The newest and the newest finalized block. A finalized head never goes back: a stale answer of
   * one endpoint is passed over for a fresher one of another, or reported as unavailable.
   */
  ChainHeads heads() throws ChainUnavailableException;

  /** Where a stream's reading starts: the Outbox's deployment block with nothing sent. */
  OutboxCursor start(StreamId stream) throws ChainUnavailableException;

  /**
   * Reads a stream from the cursor towards the finalized head, block by block by hash, checks
   * parent hashes and recomputes the accumulator ([OUT-2]). Where nothing was sent the cursor may
   * stay where it is for some blocks: that costs less, and loses nothing.
   *
   * @param finalized a head that {@link #heads} returned
   * @param blocksMax blocks with entries to return at the most; the rest is for the next call
   */
  OutboxRead readOutbox(StreamId stream, OutboxCursor cursor, BlockHead finalized, int blocksMax)
      throws ChainUnavailableException;

  /** The Inbox's state of an incoming stream at a block, read by hash. */
  InboxState inbox(StreamId stream, BlockRef at) throws ChainUnavailableException;

  /**
   * What the Inbox reported for an incoming stream and its reverse in blocks {@code from..to}, both
   * included.
   */
  List<InboxEvent> inboxEvents(StreamId incoming, long fromBlock, long toBlock)
      throws ChainUnavailableException;

  /**
   * The stake table by which the Inbox verifies certificates of that source: the counterpart's
   * validators.
   */
  StakeTable remoteStakeTable(RsmId source, Epoch epoch) throws ChainUnavailableException;

  /** Submits deliveries of an incoming stream with this node's key. */
  DeliverySubmitter submitter(StreamId incoming);

  /**
   * Runs {@code hint} (cheap, not blocking) whenever the chain may have moved; a hint may be
   * missed.
   */
  void onHeadHint(Runnable hint);

  /** Endpoint states and counters. */
  ChainHealth health();

  @Override
  void close();
}
