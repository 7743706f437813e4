package dev.mallard.stake.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.stake.Stake;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class StakeFilePropertyTest {

  @Property(tries = 300)
  void readsWhatWasWritten(@ForAll("stakes") List<Stake> stakes) throws InvalidStakeTableException {
    Registry registry = Registries.bft(stakes);
    assertEquals(registry, StakeFileReader.read("file", StakeFileWriter.toToml(registry)));
  }

  /** The TOML parser fails an assertion of its own on this. */
  @Example
  void answersAnEscapeThatIsNoneWithAMistake() {
    String damaged =
        StakeFileWriter.toToml(Registries.bft(40, 30)).replaceFirst("= \"", "= \"\\\\u!");
    InvalidStakeTableException refused =
        assertThrows(InvalidStakeTableException.class, () -> StakeFileReader.read("file", damaged));
    assertTrue(refused.getMessage().contains("backslash"), refused.getMessage());
  }

  @Property(tries = 1000)
  void answersEveryDamageWithAListOfMistakes(
      @ForAll @IntRange(min = 0, max = 400) int from,
      @ForAll @IntRange(min = 0, max = 40) int length,
      @ForAll @StringLength(max = 6) @CharRange(from = '\n', to = '~') String instead) {
    String good = StakeFileWriter.toToml(Registries.bft(40, 30));
    int start = Math.min(from, good.length());
    int end = Math.min(start + length, good.length());
    try {
      StakeFileReader.read("file", good.substring(0, start) + instead + good.substring(end));
    } catch (InvalidStakeTableException refused) {
      assertFalse(refused.mistakes().isEmpty());
    }
  }

  @Provide
  Arbitrary<List<Stake>> stakes() {
    return Arbitraries.bigIntegers()
        .between(BigInteger.ONE, BigInteger.TWO.pow(250))
        .map(Stake::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(20);
  }
}
