package dev.mallard.net;

import dev.mallard.wire.EncodedFrame;
import dev.mallard.wire.FrameCodec;
import dev.mallard.wire.PeerMessage;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.vertx.core.internal.net.NetSocketInternal;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Fills frames from a peer's queue and writes them ([SEND-1]). Everything queued by the time the
 * event loop gets to it shares frames; what the socket does not take waits in the queue, where it
 * is bounded.
 */
final class FrameOutlet {
  /** Then other connections of the event loop have their turn. */
  private static final int FRAMES_PER_TURN_MAX = 16;

  private final NetSocketInternal socket;
  private final EventLoop loop;
  private final FrameCodec codec;
  private final OutboundQueue queue;
  private final NetLimits.Outbound limits;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private boolean closed;
  private long wroteNanos = System.nanoTime();

  FrameOutlet(
      NetSocketInternal socket, FrameCodec codec, OutboundQueue queue, NetLimits.Outbound limits) {
    this.socket = socket;
    this.loop = socket.channelHandlerContext().channel().eventLoop();
    this.codec = codec;
    this.queue = queue;
    this.limits = limits;
    socket.setWriteQueueMaxSize(limits.inFlightBytes());
    // Not at once: what is written while the socket reports itself drained isn't flushed, and so
    // never fills it.
    socket.drainHandler(ignored -> sendSoon());
  }

  /** Something was queued. Any thread. */
  void sendSoon() {
    if (scheduled.compareAndSet(false, true)) {
      loop.execute(this::drain);
    }
  }

  /** Past the queue; for the first message, while the queue is closed. */
  void sendFirst(PeerMessage message) {
    write(List.of(message));
  }

  void close() {
    closed = true;
  }

  long idleNanos(long nowNanos) {
    return nowNanos - wroteNanos;
  }

  private void drain() {
    scheduled.set(false);
    for (int frames = 0; !closed && !socket.writeQueueFull(); frames++) {
      if (frames == FRAMES_PER_TURN_MAX) {
        sendSoon();
        return;
      }
      List<PeerMessage> messages =
          queue.takeFrame(limits.frameBytes(), codec.limits().frameMessagesMax());
      if (messages.isEmpty()) {
        return;
      }
      write(messages);
    }
  }

  private void write(List<PeerMessage> messages) {
    EncodedFrame frame = codec.encode(messages);
    byte[][] parts = frame.parts().toArray(byte[][]::new);
    // A failure shows as the end of the connection.
    var _ = socket.writeMessage(Unpooled.wrappedBuffer(parts));
    wroteNanos = System.nanoTime();
  }
}
