package dev.mallard.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;

class FrameAssemblerTest {
  private static final int FRAME_BYTES_MAX = 100_000;

  @Property(tries = 200)
  void framesComeOutWholeHoweverTheBytesAreCut(@ForAll long seed) {
    Random random = new Random(seed);
    List<Bytes> frames = new ArrayList<>();
    ByteBuffer sent = ByteBuffer.allocate(1 << 20);
    for (int i = 0; i < 8; i++) {
      byte[] frame = new byte[1 + random.nextInt(random.nextBoolean() ? 50 : FRAME_BYTES_MAX)];
      random.nextBytes(frame);
      frames.add(Bytes.wrap(frame));
      sent.putInt(frame.length).put(frame);
    }
    sent.flip();

    assertEquals(frames, cutAndRead(sent, random));
  }

  private static List<Bytes> cutAndRead(ByteBuffer sent, Random random) {
    FrameAssembler assembler = new FrameAssembler();
    List<Bytes> frames = new ArrayList<>();
    while (sent.hasRemaining()) {
      int length =
          Math.min(sent.remaining(), 1 + random.nextInt(random.nextBoolean() ? 3 : 30_000));
      ByteBuffer piece = sent.slice(sent.position(), length);
      sent.position(sent.position() + length);
      while (assembler.read(piece, FRAME_BYTES_MAX)
          instanceof FrameAssembler.Step.Complete(Bytes content)) {
        frames.add(content);
      }
      assertFalse(piece.hasRemaining());
    }
    assertFalse(assembler.isMidFrame());
    return frames;
  }

  @Test
  void impossibleLengthsAreTurnedDown() {
    for (int length : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 101}) {
      ByteBuffer bytes = ByteBuffer.allocate(4).putInt(0, length);
      FrameAssembler.Step step = new FrameAssembler().read(bytes, 100);
      assertEquals(
          length, assertInstanceOf(FrameAssembler.Step.BadLength.class, step).lengthBytes());
    }
  }

  @Test
  void aFrameThatHasBegunShows() {
    FrameAssembler assembler = new FrameAssembler();
    assertFalse(assembler.isMidFrame());
    assembler.read(ByteBuffer.wrap(new byte[] {0}), 100);
    assertTrue(assembler.isMidFrame());
    assembler.read(ByteBuffer.wrap(new byte[] {0, 0, 2, 5}), 100);
    assertTrue(assembler.isMidFrame());
    assembler.read(ByteBuffer.wrap(new byte[] {6}), 100);
    assertFalse(assembler.isMidFrame());
  }
}
