package dev.mallard.wire;

/**
 * The numbers of the wire format. All integers are big-endian and of fixed width.
 *
 * <p>A frame is {@code u32 length} and then messages; a message is {@code u8 type, u32 length} and
 * its content. The Hello keeps its layout for ever, so that two versions can tell each other apart.
 */
public final class WireFormat {
  /** The version that Hello speaks of; a change of any layout but Hello's raises it. */
  public static final int VERSION = 2;

  /** {@code u32 length} before each frame. */
  public static final int FRAME_PREFIX_BYTES = Integer.BYTES;

  /** {@code u8 type, u32 length} before each message. */
  static final int MESSAGE_PREFIX_BYTES = 1 + Integer.BYTES;

  /** First bytes of a Hello: tells a bridge node from anything else that speaks TLS. "MLRD". */
  static final int MAGIC = 0x4d4c5244;

  static final int HELLO = 1;
  static final int ATTESTATION = 2;
  static final int CERTIFICATE = 3;
  static final int BUNDLE = 4;
  static final int ANNOUNCE = 5;
  static final int ACK = 6;
  static final int FETCH = 7;
  static final int PING = 8;

  private WireFormat() {}
}
