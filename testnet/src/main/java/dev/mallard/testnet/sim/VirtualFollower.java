package dev.mallard.testnet.sim;

import dev.mallard.chain.BlockHead;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainConnector;
import dev.mallard.chain.ChainHeads;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.InboxState;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxRead;
import dev.mallard.replica.BridgeReplica;
import dev.mallard.stake.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * Follows the local chain in virtual time as a node's follower does on its thread: at hints and at
 * every poll, with back-off while the chain is away; nothing is skipped.
 */
final class VirtualFollower {
  private static final int READ_BLOCKS_MAX = 32;
  private static final int DOUBLINGS_MAX = 6;
  private static final long BACKOFF_MILLIS_MAX = 10_000;

  private final Timeline time;
  private final ChainConnector chain;
  private final BridgeReplica replica;
  private final StreamId outgoing;
  private final StreamId incoming;
  private final long pollMillis;
  private @Nullable OutboxCursor cursor;
  private @Nullable BlockRef seenLatest;
  private @Nullable BlockRef seenFinalized;
  private int failures;
  private int wakeUp;
  private boolean isWoken;
  private boolean isClosed;

  VirtualFollower(Timeline time, ChainConnector chain, BridgeReplica replica, long pollMillis) {
    this.time = time;
    this.chain = chain;
    this.replica = replica;
    this.outgoing = replica.source().stream();
    this.incoming = replica.destination().stream();
    this.pollMillis = pollMillis;
    this.cursor = replica.recovered().cursor().orElse(null);
  }

  void start() {
    chain.onHeadHint(this::wake);
    wake();
  }

  void close() {
    isClosed = true;
  }

  /** Look soon. */
  void wake() {
    if (!isWoken && !isClosed) {
      isWoken = true;
      lookAfter(0);
    }
  }

  private void lookAfter(long millis) {
    int planned = ++wakeUp;
    time.after(
        millis,
        () -> {
          if (planned == wakeUp && !isClosed) {
            isWoken = false;
            look();
          }
        });
  }

  private void look() {
    try {
      step();
      failures = 0;
      if (!isWoken) {
        lookAfter(pollMillis);
      }
    } catch (ChainUnavailableException away) {
      failures++;
      isWoken = true; // hints do not shorten a back-off
      lookAfter(Math.min(BACKOFF_MILLIS_MAX, pollMillis << Math.min(failures, DOUBLINGS_MAX)));
    }
  }

  private void step() throws ChainUnavailableException {
    ChainHeads now = chain.heads();
    BlockRef latest = now.latest().ref();
    BlockRef finalized = now.finalized().ref();
    if (!latest.equals(seenLatest) || !finalized.equals(seenFinalized)) {
      InboxState newest = chain.inbox(incoming, latest);
      replica.destination().onInbox(newest, chain.inbox(incoming, finalized));
      seenLatest = latest;
      seenFinalized = finalized;
    }
    readOutbox(now.finalized());
  }

  private void readOutbox(BlockHead finalized) throws ChainUnavailableException {
    OutboxCursor from = cursor == null ? chain.start(outgoing) : cursor;
    while (from.block().number() < finalized.ref().number() && replica.source().isReadWanted()) {
      switch (chain.readOutbox(outgoing, from, finalized, READ_BLOCKS_MAX)) {
        case OutboxRead.Progress progress -> {
          if (progress.next().equals(from)) {
            return;
          }
          replica.source().onOutbox(progress);
          from = progress.next();
          cursor = from;
        }
        case OutboxRead.Suspect suspect -> {
          return;
        }
        case OutboxRead.FinalityBroken broken -> {
          replica.source().onFinalityBroken(broken.expected(), broken.found());
          return;
        }
      }
    }
  }
}
