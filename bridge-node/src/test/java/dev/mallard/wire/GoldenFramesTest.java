package dev.mallard.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;

/**
 * The bytes of format version 2, as nodes in the field know them: one frame a line, in hex. If this
 * fails the format has changed: raise {@link WireFormat#VERSION} and write a new file.
 */
class GoldenFramesTest {
  private final FrameCodec codec = new FrameCodec(WireLimits.defaults());

  @Test
  void theFormatIsTheOneOfItsVersion() throws IOException {
    List<PeerMessage> messages = new PeerMessages(2026).oneOfEach();
    List<String> golden = golden("frames-v" + WireFormat.VERSION + ".hex");

    assertEquals(golden, messages.stream().map(this::hex).toList());
    for (int i = 0; i < messages.size(); i++) {
      Bytes content = Bytes.fromHexString(golden.get(i)).slice(WireFormat.FRAME_PREFIX_BYTES);
      DecodedFrame decoded = codec.decode(content);
      assertEquals(
          List.of(messages.get(i)),
          assertInstanceOf(DecodedFrame.Decoded.class, decoded).messages());
    }
  }

  private String hex(PeerMessage message) {
    return Bytes.wrap(FrameCodecTest.join(codec.encode(List.of(message)))).toUnprefixedHexString();
  }

  private static List<String> golden(String file) throws IOException {
    try (InputStream in = GoldenFramesTest.class.getResourceAsStream(file)) {
      assertNotNull(in, file);
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }
}
