package dev.mallard.wire;

import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;

/** Frames from messages and messages from frames ([SEND-1]). Immutable; any thread. */
public final class FrameCodec {
  private final WireLimits limits;
  private final MessageDecoder decoder;

  /** A codec that turns down whatever exceeds the limits. */
  public FrameCodec(WireLimits limits) {
    this.limits = limits;
    this.decoder = new MessageDecoder(limits);
  }

  /** The limits it decodes by. */
  public WireLimits limits() {
    return limits;
  }

  /**
   * One frame of all the messages, at least one. Payloads are not copied.
   *
   * @throws IllegalArgumentException if they exceed the limits: peers would close the connection
   */
  public EncodedFrame encode(List<PeerMessage> messages) {
    if (messages.isEmpty() || messages.size() > limits.frameMessagesMax()) {
      throw new IllegalArgumentException("a frame of " + messages.size() + " messages");
    }
    long contentBytes = 0;
    for (PeerMessage message : messages) {
      contentBytes += MessageSize.bytes(message);
    }
    if (contentBytes > limits.frameBytesMax()) {
      throw new IllegalArgumentException(
          "a frame of " + contentBytes + " bytes, above " + limits.frameBytesMax());
    }
    WireWriter out = new WireWriter();
    out.i32((int) contentBytes);
    for (PeerMessage message : messages) {
      MessageEncoder.write(message, out);
    }
    return new EncodedFrame(out.parts(), WireFormat.FRAME_PREFIX_BYTES + (int) contentBytes);
  }

  /**
   * The messages of one frame; all or none. Never throws, whatever the bytes.
   *
   * @param content the frame without its length prefix; payloads may stay slices of it, so it must
   *     not be written to again
   */
  public DecodedFrame decode(Bytes content) {
    if (content.size() > limits.frameBytesMax()) {
      return new DecodedFrame.Malformed("a frame of " + content.size() + " bytes");
    }
    try {
      return new DecodedFrame.Decoded(readAll(new WireReader(content.toArrayUnsafe())));
    } catch (MalformedException e) {
      return new DecodedFrame.Malformed(e.reason());
    }
  }

  private List<PeerMessage> readAll(WireReader in) throws MalformedException {
    List<PeerMessage> messages = new ArrayList<>();
    do {
      if (messages.size() == limits.frameMessagesMax()) {
        throw new MalformedException("more than " + messages.size() + " messages in a frame");
      }
      messages.add(decoder.read(in));
    } while (in.remaining() > 0);
    return messages;
  }
}
