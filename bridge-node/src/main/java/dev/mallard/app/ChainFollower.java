package dev.mallard.app;

import dev.mallard.chain.BlockHead;
import dev.mallard.chain.BlockRef;
import dev.mallard.chain.ChainConnector;
import dev.mallard.chain.ChainHeads;
import dev.mallard.chain.ChainUnavailableException;
import dev.mallard.chain.InboxState;
import dev.mallard.chain.OutboxCursor;
import dev.mallard.chain.OutboxRead;
import dev.mallard.stake.StreamId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the local chain on one thread: looks when a hint comes or the poll interval is over,
 * reads the Outbox up to the finalized head, and the Inbox. A chain that is away is tried again for
 * ever, with back-off; nothing is ever skipped.
 */
final class ChainFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChainFollower.class);
  private static final int READ_BLOCKS_MAX = 32;
  private static final int BACKOFF_MILLIS_MAX = 10_000;
  private static final int EVENT_BLOCKS_MAX = 500;
  private static final int SEEN_BLOCKS_MAX = 256;

  /** A node that was away for longer shows older messages without what became of them. */
  static final int EVENT_CATCHUP_BLOCKS_MAX = 50_000;

  private final ChainConnector chain;
  private final StreamId outgoing;
  private final StreamId incoming;
  private final int pollMillis;
  private final LookPace pace;
  private final ChainListener listener;
  private final Semaphore hints = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean hinted;

  /** The Inbox at the newest blocks that were looked at. */
  private final Map<BlockRef, InboxState> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BlockRef, InboxState> eldest) {
          return size() > SEEN_BLOCKS_MAX;
        }
      };

  private @Nullable OutboxCursor cursor;
  private @Nullable ChainHeads heads;
  private @Nullable InboxState lastLatest;
  private long eventsSeenTo;
  private boolean finalityBroken;

  /**
   * A follower that is not running yet.
   *
   * @param cursor where the Outbox was durably read to; empty to start at its deployment
   * @param eventsFrom the first block whose Inbox events are wanted; 0 for the newest only
   */
  ChainFollower(
      ChainConnector chain,
      StreamId outgoing,
      StreamId incoming,
      int pollMillis,
      Optional<OutboxCursor> cursor,
      long eventsFrom,
      ChainListener listener) {
    this.chain = chain;
    this.outgoing = outgoing;
    this.incoming = incoming;
    this.pollMillis = pollMillis;
    this.pace = new LookPace(pollMillis);
    this.cursor = cursor.orElse(null);
    this.eventsSeenTo = eventsFrom - 1;
    this.listener = listener;
    this.thread = new Thread(this::run, "chain-" + chain.rsm());
  }

  void start() {
    chain.onHeadHint(this::onHint);
    thread.start();
  }

  private void onHint() {
    hinted = true;
    wake();
  }

  /** Look at the chain soon: a head hint came, or there is room to read again. */
  void wake() {
    if (hints.availablePermits() == 0) {
      hints.release();
    }
  }

  private void run() {
    int failures = 0;
    while (!closed) {
      try {
        look();
        failures = 0;
        listener.onAnswered();
        awaitHint(pace.waitMillis());
      } catch (ChainUnavailableException e) {
        failures++;
        LOG.atLevel(failures == 1 ? org.slf4j.event.Level.WARN : org.slf4j.event.Level.DEBUG)
            .log(
                "chain {} does not answer (attempt {}): {}; trying on",
                chain.rsm(),
                failures,
                e.getMessage());
        listener.onUnavailable(failures, String.valueOf(e.getMessage()));
        awaitHint(Math.min(BACKOFF_MILLIS_MAX, pollMillis << Math.min(failures, 6)));
      } catch (RuntimeException | Error e) {
        failures++;
        LOG.error("chain {}: the follower met a bug and tries on", chain.rsm(), e);
        listener.onUnavailable(failures, "internal error: " + e);
        awaitHint(BACKOFF_MILLIS_MAX);
      }
    }
  }

  private void awaitHint(long millis) {
    try {
      if (hints.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
        hints.drainPermits();
      }
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private void look() throws ChainUnavailableException {
    boolean asked = hinted;
    hinted = false;
    pace.onLook(asked, step());
  }

  /** Whether there was a new block. */
  private boolean step() throws ChainUnavailableException {
    ChainHeads now = chain.heads();
    boolean latestMoved = heads == null || !heads.latest().ref().equals(now.latest().ref());
    boolean finalizedMoved =
        heads == null || !heads.finalized().ref().equals(now.finalized().ref());
    if (latestMoved || finalizedMoved) {
      listener.onHeads(now);
    }
    @Nullable ChainUnavailableException inboxAway = null;
    if (latestMoved || finalizedMoved) {
      inboxAway = tryInbox(now);
    }
    if (inboxAway == null) {
      heads = now;
    }
    readOutbox(now.finalized());
    if (inboxAway != null) {
      throw inboxAway;
    }
    return latestMoved;
  }

  private void readOutbox(BlockHead finalized) throws ChainUnavailableException {
    OutboxCursor from = cursor == null ? chain.start(outgoing) : cursor;
    if (from.block().number() > finalized.ref().number()) {
      listener.onBehind(from.block());
    }
    while (!closed && !finalityBroken && from.block().number() < finalized.ref().number()) {
      if (!listener.isReadWanted()) {
        break;
      }
      switch (chain.readOutbox(outgoing, from, finalized, READ_BLOCKS_MAX)) {
        case OutboxRead.Progress progress -> {
          if (progress.next().equals(from)) {
            cursor = from;
            return;
          }
          listener.onOutbox(progress);
          from = progress.next();
          cursor = from;
        }
        case OutboxRead.Suspect suspect -> {
          listener.onSuspect(suspect.reason());
          return;
        }
        case OutboxRead.FinalityBroken broken -> breakFinality(broken.expected(), broken.found());
      }
    }
  }

  private void breakFinality(BlockRef expected, BlockRef found) {
    finalityBroken = true;
    LOG.error(
        "chain {}: finalized block {} was replaced by {}. The streams of this chain halt: nothing is signed or skipped. If"
            + " the RPC was wrong, give a right one in chain.rpc-urls and restart. Never empty the data folder: it"
            + " keeps this replica from signing twice",
        chain.rsm(),
        expected,
        found);
    listener.onFinalityBroken(expected, found);
  }

  /**
   * A finalized block was the newest one a little earlier, nearly always; then its answer is known.
   */
  private InboxState finalizedInbox(BlockRef finalized) throws ChainUnavailableException {
    InboxState known = seen.get(finalized);
    return known == null ? chain.inbox(incoming, finalized) : known;
  }

  /** Neither direction waits for the other: an Inbox that is away is reported after the Outbox. */
  private @Nullable ChainUnavailableException tryInbox(ChainHeads now) {
    try {
      readInbox(now);
      return null;
    } catch (ChainUnavailableException e) {
      return e;
    }
  }

  private void readInbox(ChainHeads now) throws ChainUnavailableException {
    InboxState latest = chain.inbox(incoming, now.latest().ref());
    InboxState finalized = finalizedInbox(now.finalized().ref());
    seen.put(latest.at(), latest);
    if (!latest.equals(lastLatest) || heads == null || !heads.finalized().equals(now.finalized())) {
      listener.onInbox(latest, finalized);
    }
    readEvents(latest); // for people only: deliveries do not wait for it
    lastLatest = latest;
  }

  /**
   * Events come only with accepted entries, so blocks in which the count stood still need no look.
   */
  private void readEvents(InboxState latest) throws ChainUnavailableException {
    long to = latest.at().number();
    boolean moved = lastLatest == null || lastLatest.count() != latest.count();
    long from = eventsSeenTo < 0 ? to : Math.max(eventsSeenTo + 1, to - EVENT_CATCHUP_BLOCKS_MAX);
    while (moved && from <= to) {
      long end = Math.min(to, from + EVENT_BLOCKS_MAX - 1);
      listener.onInboxEvents(chain.inboxEvents(incoming, from, end));
      eventsSeenTo = end;
      from = end + 1;
    }
    eventsSeenTo = Math.max(eventsSeenTo, to);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
