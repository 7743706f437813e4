package dev.mallard.testnet.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class VictimsTest {
  @Test
  void theLargestThatMayFailIsChosen() {
    assertEquals(OptionalInt.of(1), choose(40, 30, 20, 10));
    assertEquals(OptionalInt.of(0), choose(25, 25, 25, 25));
    assertEquals(OptionalInt.of(1), choose(97, 1, 1, 1));
  }

  @Test
  void noneIsChosenWhereNoneCanBeSpared() {
    assertEquals(OptionalInt.empty(), choose(10));
    assertEquals(OptionalInt.empty(), choose(1, 1, 1));
  }

  private static OptionalInt choose(long... stakes) {
    return Victims.choose(LongStream.of(stakes).mapToObj(BigInteger::valueOf).toList());
  }
}
