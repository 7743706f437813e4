package dev.mallard.wire;

import java.io.Serial;

/**
 * Leaves a decoder at the first byte that is wrong; {@link FrameCodec} turns it into a result. Has
 * no stack trace: a peer decides how often it is made.
 */
final class MalformedException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final String reason;

  MalformedException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
