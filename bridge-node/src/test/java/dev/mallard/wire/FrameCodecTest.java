package dev.mallard.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.bundle.EncodedEntries;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FrameCodecTest {
  private static final WireLimits LIMITS = WireLimits.defaults();

  private final FrameCodec codec = new FrameCodec(LIMITS);

  @Property(tries = 500)
  void whatIsEncodedDecodesToTheSameMessages(@ForAll long seed) {
    List<PeerMessage> messages = new PeerMessages(seed).some(12);

    assertEquals(messages, decode(content(codec.encode(messages))));
  }

  @Property(tries = 300)
  void sizesAreKnownWithoutEncoding(@ForAll long seed) {
    PeerMessage message = new PeerMessages(seed).any();

    EncodedFrame frame = codec.encode(List.of(message));

    assertEquals(WireFormat.FRAME_PREFIX_BYTES + MessageSize.bytes(message), join(frame).length);
    assertEquals(join(frame).length, frame.sizeBytes());
  }

  @Property(tries = 200)
  void everyWellFormedFrameHasOneEncoding(@ForAll long seed) {
    byte[] content = content(codec.encode(new PeerMessages(seed).some(6)));
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      byte[] mutant = content.clone();
      mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(8));
      if (codec.decode(Bytes.wrap(mutant)) instanceof DecodedFrame.Decoded(var messages)) {
        assertTrue(Arrays.equals(mutant, content(codec.encode(messages))));
      }
    }
  }

  @Property(tries = 100)
  void truncatedFramesAreMalformed(@ForAll long seed) {
    PeerMessage message = new PeerMessages(seed).any();
    byte[] content = content(codec.encode(List.of(message)));

    for (int length = 0; length < content.length; length += 1 + content.length / 500) {
      assertMalformed(Arrays.copyOf(content, length));
    }
  }

  @Test
  @Tag("RECV-1")
  void tenThousandRandomFramesNeverThrow() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      byte[] content = new byte[random.nextInt(400)];
      random.nextBytes(content);
      if (content.length > 5) {
        // A true type and length: the random part reaches the decoders of the contents.
        content[0] = (byte) (1 + random.nextInt(8));
        ByteBuffer.wrap(content).putInt(1, content.length - WireFormat.MESSAGE_PREFIX_BYTES);
      }
      codec.decode(Bytes.wrap(content));
    }
  }

  @Test
  void aPromisedLengthIsNotBelieved() {
    for (int promised : new int[] {Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 1 << 20}) {
      byte[] content = {WireFormat.BUNDLE, 0, 0, 0, 0, 1, 2, 3};
      ByteBuffer.wrap(content).putInt(1, promised);
      assertMalformed(content);
    }
  }

  @Test
  void moreMessagesThanAllowedAreMalformed() {
    int pings = LIMITS.frameMessagesMax() + 1;
    byte[] one = content(codec.encode(List.of(new PeerMessage.Ping())));
    ByteBuffer content = ByteBuffer.allocate(pings * one.length);
    for (int i = 0; i < pings; i++) {
      content.put(one);
    }

    assertMalformed(content.array());
    assertThrows(
        IllegalArgumentException.class,
        () -> codec.encode(Collections.nCopies(pings, new PeerMessage.Ping())));
  }

  @Test
  @Tag("SEND-1")
  void largePayloadsAreNeitherCopiedIntoAFrameNorOutOfIt() {
    PeerMessage.BundleMessage bundle = new PeerMessages(1).bundle(1, 1 << 20);
    byte[] payload = entries(bundle).toArrayUnsafe();

    EncodedFrame frame = codec.encode(List.of(bundle, new PeerMessage.Ping()));

    assertSame(payload, frame.parts().get(1));
    byte[] content = content(frame);
    Bytes decoded = entries(decode(content).get(0));
    assertEquals(entries(bundle), decoded);
    content[content.length - 20] ^= 1;
    assertTrue(!entries(bundle).equals(decoded), "a slice of the frame, not a copy");
  }

  @Test
  @Tag("G-4")
  void aSmallPayloadDoesNotKeepALargeFrameAlive() {
    PeerMessages messages = new PeerMessages(1);
    List<PeerMessage> sent = List.of(messages.bundle(1, 100), messages.bundle(2, 1 << 20));
    byte[] content = content(codec.encode(sent));

    Bytes small = entries(decode(content).get(0));

    assertEquals(100, small.toArrayUnsafe().length);
    Arrays.fill(content, (byte) 0);
    assertEquals(entries(sent.get(0)), small);
  }

  @Test
  void aBundleAboveTheLimitIsMalformed() {
    WireLimits small = new WireLimits(1 << 20, 64, 1000, 16, 64, 16);
    byte[] content = content(codec.encode(List.of(new PeerMessages(1).bundle(1, 1001))));

    assertInstanceOf(
        DecodedFrame.Malformed.class, new FrameCodec(small).decode(Bytes.wrap(content)));
  }

  @Test
  void limitsThatContradictEachOtherAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new WireLimits(1 << 20, 64, 1 << 20, 16, 64, 16));
    assertThrows(
        IllegalArgumentException.class, () -> new WireLimits(4 << 20, 8, 1 << 20, 16, 64, 16));
    assertThrows(
        IllegalArgumentException.class, () -> new WireLimits(4 << 20, 64, 1 << 20, 0, 64, 16));
    assertThrows(
        IllegalArgumentException.class,
        () -> new WireLimits(4 << 20, 64, 1 << 20, 16, 1 << 16, 16));
  }

  private List<PeerMessage> decode(byte[] content) {
    return assertInstanceOf(DecodedFrame.Decoded.class, codec.decode(Bytes.wrap(content)))
        .messages();
  }

  private void assertMalformed(byte[] content) {
    DecodedFrame.Malformed malformed =
        assertInstanceOf(DecodedFrame.Malformed.class, codec.decode(Bytes.wrap(content)));
    assertTrue(malformed.reason().length() < 200, malformed.reason());
  }

  private static Bytes entries(PeerMessage message) {
    return ((EncodedEntries) ((PeerMessage.BundleMessage) message).bundle().body()).encoded();
  }

  private static byte[] content(EncodedFrame frame) {
    byte[] all = join(frame);
    return Arrays.copyOfRange(all, WireFormat.FRAME_PREFIX_BYTES, all.length);
  }

  static byte[] join(EncodedFrame frame) {
    ByteBuffer all = ByteBuffer.allocate(frame.sizeBytes());
    frame.parts().forEach(all::put);
    assertEquals(0, all.remaining());
    return all.array();
  }
}
