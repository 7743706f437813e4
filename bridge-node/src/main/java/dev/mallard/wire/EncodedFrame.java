package dev.mallard.wire;

import java.util.List;

/**
 * A frame ready to be sent, length prefix included.
 *
 * @param parts its bytes in order; large payloads are the very arrays they came in, so none may be
 *     written to
 * @param sizeBytes of all parts
 */
public record EncodedFrame(List<byte[]> parts, int sizeBytes) {
  public EncodedFrame {
    parts = List.copyOf(parts);
  }
}
