package dev.mallard.stake.source;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RegistryAnswerPropertyTest {

  @Property(tries = 2000)
  void neverFailsButWithAnIoExceptionOnADamagedAnswer(
      @ForAll @IntRange(min = 0, max = 700) int place,
      @ForAll byte damage,
      @ForAll @IntRange(min = 0, max = 900) int length) {
    byte[] bytes = HexFormat.of().parseHex(EncodedRegistry.encoded(Registries.bft(40, 30)));
    bytes[place % bytes.length] ^= damage;
    byte[] cut = Arrays.copyOf(bytes, Math.min(length, bytes.length));
    try {
      RegistryAnswer answer = RegistryAnswer.decode(cut);
      assertTrue(answer.entries().size() <= cut.length / AbiAnswer.WORD_BYTES);
    } catch (IOException refused) {
      assertTrue(refused.getMessage() != null);
    }
  }
}
