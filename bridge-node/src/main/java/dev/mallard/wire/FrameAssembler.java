package dev.mallard.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.tuweni.bytes.Bytes;

/**
 * Cuts a connection's bytes into frames. Holds at most one frame that is not yet complete, in an
 * array that grows with what has arrived, not with what was promised. Not thread-safe.
 */
public final class FrameAssembler {
  private static final int CONTENT_BYTES_FIRST = 16 << 10;
  private static final byte[] NONE = {};

  /** What a call to {@link #read} came to. */
  public sealed interface Step {
    /** All bytes were taken and the frame is not complete. */
    record NeedsMore() implements Step {}

    /**
     * A frame is complete; bytes after it were left.
     *
     * @param content without the length prefix; the caller's own
     */
    record Complete(Bytes content) implements Step {}

    /** The promised length is impossible; the connection cannot be read on. */
    record BadLength(int lengthBytes) implements Step {}
  }

  private static final Step NEEDS_MORE = new Step.NeedsMore();

  private final ByteBuffer prefix = ByteBuffer.allocate(WireFormat.FRAME_PREFIX_BYTES);
  private byte[] content = NONE;
  private int expected;
  private int arrived;

  /** Whether a frame has begun that is not complete: a peer that stops here is slow or worse. */
  public boolean isMidFrame() {
    return prefix.position() > 0;
  }

  /**
   * Takes bytes up to the end of the frame at hand.
   *
   * @param frameBytesMax what a frame's content may have at most
   */
  public Step read(ByteBuffer in, int frameBytesMax) {
    while (prefix.hasRemaining()) {
      if (!in.hasRemaining()) {
        return NEEDS_MORE;
      }
      prefix.put(in.get());
      if (!prefix.hasRemaining()) {
        expected = prefix.getInt(0);
        if (expected < 1 || expected > frameBytesMax) {
          return new Step.BadLength(expected);
        }
        content = new byte[Math.min(expected, Math.max(in.remaining(), CONTENT_BYTES_FIRST))];
        arrived = 0;
      }
    }
    takeContent(in);
    return arrived == expected ? complete() : NEEDS_MORE;
  }

  private void takeContent(ByteBuffer in) {
    int taken = Math.min(in.remaining(), expected - arrived);
    if (content.length - arrived < taken) {
      long doubled = 2L * content.length;
      content =
          Arrays.copyOf(content, (int) Math.min(expected, Math.max(doubled, arrived + taken)));
    }
    in.get(content, arrived, taken);
    arrived += taken;
  }

  private Step complete() {
    byte[] whole = content;
    content = NONE;
    prefix.clear();
    return new Step.Complete(Bytes.wrap(whole));
  }
}
