package dev.mallard.net;

import dev.mallard.c3b.PeerFault;
import dev.mallard.stake.ReplicaId;
import dev.mallard.wire.FrameCodec;
import dev.mallard.wire.MessageSize;
import dev.mallard.wire.PeerMessage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One peer over all its connections: its queue, its counters, the connection in use, the penalty it
 * serves. Any thread; the listener hears of connections in order because it is told under the lock.
 */
final class PeerLink {
  private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);

  /** Reasons may alternate with each attempt; the log has one in so long. */
  private static final long WARN_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final PeerAddress address;
  private final PeerListener listener;
  private final OutboundQueue queue;
  private final int messageBytesMax;
  private final Penalty penalty;
  private final Map<PeerFault, Long> faults = new EnumMap<>(PeerFault.class);
  private volatile @Nullable PeerConnection connection;
  private volatile long lastSeenMillis;
  private long dropped;
  private String lastError = "not connected yet";
  private long warnedNanos = System.nanoTime() - WARN_NANOS - 1;

  PeerLink(
      PeerAddress address,
      PeerListener listener,
      OutboundQueue queue,
      FrameCodec codec,
      Penalty penalty) {
    this.address = address;
    this.listener = listener;
    this.queue = queue;
    this.messageBytesMax = codec.limits().frameBytesMax();
    this.penalty = penalty;
  }

  PeerAddress address() {
    return address;
  }

  ReplicaId id() {
    return address.id();
  }

  OutboundQueue queue() {
    return queue;
  }

  boolean isConnected() {
    return connection != null;
  }

  /** Queues a message; false when it was dropped. */
  boolean send(PeerMessage message) {
    int sizeBytes = MessageSize.bytes(message);
    if (sizeBytes > messageBytesMax) {
      throw new IllegalArgumentException(
          "a message of " + sizeBytes + " bytes, frames have " + messageBytesMax);
    }
    PeerConnection current = connection;
    if (current != null && queue.offer(message, sizeBytes)) {
      current.sendSoon();
      return true;
    }
    synchronized (this) {
      dropped++;
    }
    return false;
  }

  /**
   * A connection is up; it replaces one that was: the peer knows best which of the two still works.
   */
  synchronized void onUp(PeerConnection up) {
    PeerConnection before = connection;
    if (before != null) {
      onDown(before);
      before.closeSoon("replaced by a newer connection");
    }
    queue.open();
    connection = up;
    lastError = "";
    LOG.atInfo().addKeyValue("peer", id()).log("peer connected");
    listener.onConnected(id());
  }

  /** A connection is gone that was up, unless it was replaced before. */
  synchronized void onDown(PeerConnection down) {
    if (connection == down) {
      connection = null;
      dropped += queue.close();
      listener.onDisconnected(id());
    }
  }

  void onMessages(List<PeerMessage> messages, Runnable processed) {
    listener.onMessages(id(), messages, processed);
  }

  void onSeen() {
    lastSeenMillis = System.currentTimeMillis();
  }

  /** The peer broke the rules; its connection is being closed. */
  void onFault(PeerFault fault, String reason, long nowNanos) {
    synchronized (this) {
      faults.merge(fault, 1L, Long::sum);
      penalty.onFault(nowNanos);
    }
    LOG.atWarn()
        .addKeyValue("peer", id())
        .addKeyValue("fault", fault)
        .log("peer broke the rules and is left alone for a while: {}", reason);
    listener.onFault(id(), fault);
  }

  /** Milliseconds that the peer still is to be left alone. */
  synchronized long penaltyMillis(long nowNanos) {
    return TimeUnit.NANOSECONDS.toMillis(penalty.leftNanos(nowNanos));
  }

  /** Why there is no connection; logged when it changes, but not too often. */
  synchronized void onError(String error) {
    if (connection != null || error.equals(lastError)) {
      return;
    }
    lastError = error;
    long nowNanos = System.nanoTime();
    if (nowNanos - warnedNanos > WARN_NANOS) {
      warnedNanos = nowNanos;
      LOG.atWarn()
          .addKeyValue("peer", id())
          .addKeyValue("endpoint", endpoint())
          .log("no connection to peer, trying on: {}", error);
    }
  }

  synchronized PeerStatus status() {
    return new PeerStatus(
        id(),
        endpoint(),
        connection != null,
        lastSeenMillis,
        queue.queuedBytes(),
        dropped,
        faults,
        lastError);
  }

  private String endpoint() {
    return address.host() + ":" + address.port();
  }
}
