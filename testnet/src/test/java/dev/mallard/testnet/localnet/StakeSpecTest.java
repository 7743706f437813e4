package dev.mallard.testnet.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StakeSpecTest {
  @ParameterizedTest
  @ValueSource(strings = {StakeSpec.DEFAULT, "1/1", "10/10,10,10,10,10,10,10", "97,1,1,1/40,30"})
  void whatIsReadIsWrittenTheSame(String text) {
    assertEquals(text, StakeSpec.parse(text).toString());
  }

  @Test
  void nineteenASideIsTheMost() {
    String nineteen = String.join(",", Collections.nCopies(19, "1"));
    assertEquals(19, StakeSpec.parse(nineteen + "/1").left().size());
    assertThrows(IllegalArgumentException.class, () -> StakeSpec.parse("1/1," + nineteen));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1/", "/1", "1/2/3", "1,,2/3", "0/1", "-1/1", "1.5/1", "x/1"})
  void aMistakeIsNamedWithWhatToWrite(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> StakeSpec.parse(text));
    assertTrue(String.valueOf(refused.getMessage()).startsWith("--stakes"));
  }
}
