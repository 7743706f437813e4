package dev.mallard.testnet.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TextTableTest {
  @Test
  void wordsStandLeftAndNumbersRight() {
    TextTable table = new TextTable(List.of("name", "count"));
    table.row(List.of("a", "7")).row(List.of("longer", "1000")).row(List.of("none", "-"));
    assertEquals(
        List.of("name    count", "a           7", "longer   1000", "none        -"), table.lines());
  }

  @Test
  void aTableWithoutRowsIsItsHead() {
    assertEquals(List.of("a  b"), new TextTable(List.of("a", "b")).lines());
  }

  @Test
  void aRowOfAnotherWidthIsRefused() {
    TextTable table = new TextTable(List.of("a", "b"));
    assertThrows(IllegalArgumentException.class, () -> table.row(List.of("1")));
  }
}
