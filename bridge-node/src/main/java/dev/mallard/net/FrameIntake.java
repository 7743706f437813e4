package dev.mallard.net;

import dev.mallard.wire.FrameAssembler;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.apache.tuweni.bytes.Bytes;

/**
 * Cuts what a socket delivers into frames, and stops when told to. Runs on the connection's event
 * loop only.
 */
final class FrameIntake {
  /** Takes frames. */
  interface Sink {
    /** Largest frame that may come now. */
    int frameBytesMax();

    void onFrame(Bytes content);

    void onBadLength(int lengthBytes);
  }

  private final Sink sink;
  private final FrameAssembler assembler = new FrameAssembler();
  private final ArrayDeque<ByteBuf> backlog = new ArrayDeque<>();
  private boolean paused;
  private boolean closed;
  private boolean midFrame;
  private long midFrameSinceNanos;

  FrameIntake(Sink sink) {
    this.sink = sink;
  }

  /** Takes the buffer over. */
  void onBytes(ByteBuf in, long nowNanos) {
    backlog.add(in);
    work(nowNanos);
  }

  /** No frames until {@link #resume}; what has arrived is kept. */
  void pause() {
    paused = true;
  }

  void resume(long nowNanos) {
    paused = false;
    midFrameSinceNanos = nowNanos;
    work(nowNanos);
  }

  boolean isPaused() {
    return paused;
  }

  void close() {
    closed = true;
    ByteBuf next = backlog.poll();
    while (next != null) {
      next.release();
      next = backlog.poll();
    }
  }

  /** How long a frame has been under way; 0 if none is, or nobody reads. */
  long partialNanos(long nowNanos) {
    return midFrame && !paused ? nowNanos - midFrameSinceNanos : 0;
  }

  private void work(long nowNanos) {
    while (!closed && !paused) {
      ByteBuf next = backlog.poll();
      if (next == null) {
        break;
      }
      readFrames(next);
    }
    if (assembler.isMidFrame() && !midFrame) {
      midFrameSinceNanos = nowNanos;
    }
    midFrame = assembler.isMidFrame();
  }

  private void readFrames(ByteBuf buffer) {
    boolean rest = true;
    while (rest && !closed && !paused) {
      ByteBuffer in = buffer.nioBuffer();
      FrameAssembler.Step step = assembler.read(in, sink.frameBytesMax());
      buffer.skipBytes(buffer.readableBytes() - in.remaining());
      switch (step) {
        case FrameAssembler.Step.NeedsMore more -> rest = false;
        case FrameAssembler.Step.Complete(Bytes content) -> {
          midFrame = false;
          sink.onFrame(content);
        }
        case FrameAssembler.Step.BadLength(int lengthBytes) -> {
          sink.onBadLength(lengthBytes);
          rest = false;
        }
      }
    }
    if (paused && !closed && buffer.isReadable()) {
      backlog.addFirst(buffer);
    } else {
      buffer.release();
    }
  }
}
