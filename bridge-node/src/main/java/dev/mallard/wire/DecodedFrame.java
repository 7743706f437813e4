package dev.mallard.wire;

import java.util.List;

/** What became of a frame's bytes. */
public sealed interface DecodedFrame {
  /** Well-formed; nothing of it is believed yet. */
  record Decoded(List<PeerMessage> messages) implements DecodedFrame {
    public Decoded {
      messages = List.copyOf(messages);
    }
  }

  /**
   * Not a frame of this protocol; none of its messages counts.
   *
   * @param reason for the log, bounded in length
   */
  record Malformed(String reason) implements DecodedFrame {}
}
