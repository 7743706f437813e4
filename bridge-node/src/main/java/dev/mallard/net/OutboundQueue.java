package dev.mallard.net;

import dev.mallard.wire.PeerMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages that wait for one peer, bounded in number and bytes. Takes none while closed. Any
 * thread.
 */
final class OutboundQueue {
  private record Waiting(PeerMessage message, int sizeBytes) {}

  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final int messagesMax;
  private final int bytesMax;
  private long queuedBytes;
  private boolean open;

  OutboundQueue(int messagesMax, int bytesMax) {
    this.messagesMax = messagesMax;
    this.bytesMax = bytesMax;
  }

  /** False if there is no room or nobody to send to. */
  synchronized boolean offer(PeerMessage message, int sizeBytes) {
    if (!open || waiting.size() >= messagesMax || queuedBytes + sizeBytes > bytesMax) {
      return false;
    }
    waiting.add(new Waiting(message, sizeBytes));
    queuedBytes += sizeBytes;
    return true;
  }

  /** The next messages that fit a frame together, at least one if any waits. */
  synchronized List<PeerMessage> takeFrame(int frameBytes, int frameMessagesMax) {
    List<PeerMessage> frame = new ArrayList<>();
    int bytes = 0;
    Waiting next = waiting.peek();
    while (next != null
        && frame.size() < frameMessagesMax
        && (frame.isEmpty() || bytes + next.sizeBytes <= frameBytes)) {
      waiting.remove();
      frame.add(next.message);
      bytes += next.sizeBytes;
      next = waiting.peek();
    }
    queuedBytes -= bytes;
    return frame;
  }

  synchronized void open() {
    open = true;
  }

  /** Forgets what waits; returns how many messages that were. */
  synchronized int close() {
    int forgotten = waiting.size();
    waiting.clear();
    queuedBytes = 0;
    open = false;
    return forgotten;
  }

  synchronized long queuedBytes() {
    return queuedBytes;
  }
}
