package dev.mallard.wire;

import dev.mallard.certify.Signature;
import dev.mallard.stake.StakeTable;

/**
 * What a frame may hold at most; what exceeds it is malformed. Signers are bounded by {@link
 * StakeTable#VALIDATORS_MAX}. Both ends must agree on these, so they are no matter of
 * configuration; tests lower them.
 *
 * @param frameBytesMax content of one frame, without its length prefix
 * @param helloFrameBytesMax content of the first frame of a connection, before the peer has said
 *     who it is
 * @param bundleBytesMax a bundle's encoded entries
 * @param frameMessagesMax messages in one frame
 * @param phiBitsMax bits of a phi-list ([ACK-1])
 * @param fetchBundlesMax bundles that one fetch may ask for ([GC-2])
 */
public record WireLimits(
    int frameBytesMax,
    int helloFrameBytesMax,
    int bundleBytesMax,
    int frameMessagesMax,
    int phiBitsMax,
    int fetchBundlesMax) {

  /** Bytes of a certificate by every validator there can be. */
  static final int CERTIFICATE_BYTES_MAX =
      AttestationLayout.BYTES
          + CertificateLayout.BITMAP_PREFIX_BYTES
          + CertificateLayout.BITMAP_BYTES_MAX
          + StakeTable.VALIDATORS_MAX * Signature.BYTES;

  /** The limits of format version {@link WireFormat#VERSION}. */
  public static WireLimits defaults() {
    return new WireLimits(4 << 20, 64, 2 << 20, 4096, 16_384, 4096);
  }

  public WireLimits {
    checkPositive("bundleBytesMax", bundleBytesMax);
    checkPositive("frameMessagesMax", frameMessagesMax);
    checkPositive("phiBitsMax", phiBitsMax);
    checkPositive("fetchBundlesMax", fetchBundlesMax);
    checkAtLeast("helloFrameBytesMax", helloFrameBytesMax, MessageSize.HELLO_BYTES);
    checkAtLeast("frameBytesMax", frameBytesMax, helloFrameBytesMax);
    if (phiBitsMax > 0xffff) {
      throw new IllegalArgumentException("phiBitsMax " + phiBitsMax + " does not fit its 16 bits");
    }
    long largest =
        Math.max(
            (long) bundleBytesMax + CERTIFICATE_BYTES_MAX + MessageSize.BUNDLE_FIXED_BYTES,
            MessageSize.ACK_FIXED_BYTES + PhiLayout.bytes(phiBitsMax));
    checkAtLeast("frameBytesMax", frameBytesMax, largest);
  }

  private static void checkPositive(String name, int value) {
    checkAtLeast(name, value, 1);
  }

  private static void checkAtLeast(String name, int value, long min) {
    if (value < min) {
      throw new IllegalArgumentException(name + " is " + value + ", must be at least " + min);
    }
  }
}
