package dev.mallard.stake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "1",
        "1-",
        "-1",
        "1-1",
        "0-1",
        "01-2",
        "1--2",
        "+1-2",
        "1-2-3",
        " 1-2",
        "1-2 ",
        "a-b",
        "1-9223372036854775808",
        "١-٢"
      })
  void streamIdRefusesAnythingElse(String text) {
    assertThrows(IllegalArgumentException.class, () -> StreamId.parse(text));
  }

  @Test
  void refusalsDoNotEchoLongText() {
    String refusal =
        assertThrows(
                IllegalArgumentException.class, () -> StreamId.parse("1-" + "9".repeat(10_000)))
            .getMessage();
    assertEquals("an RSM id is below 2^63, got 10000 characters", refusal);
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new RsmId(0));
    assertThrows(IllegalArgumentException.class, () -> new Epoch(0));
    assertThrows(IllegalArgumentException.class, () -> new ReplicaId(new RsmId(1), -1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ReplicaId(new RsmId(1), StakeTable.VALIDATORS_MAX));
    assertEquals(new Epoch(2), Epoch.FIRST.next());
  }

  @Test
  void stakeHoldsExactly256Bits() {
    Stake max = new Stake(BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
    assertThrows(IllegalArgumentException.class, () -> max.plus(Stake.of(1)));
    assertThrows(IllegalArgumentException.class, () -> Stake.of(-1));
    assertThrows(IllegalArgumentException.class, () -> Stake.ZERO.minus(Stake.of(1)));
    assertEquals(max, max.minus(Stake.of(1)).plus(Stake.of(1)));
  }

  @Test
  void hexIsTakenInEitherCaseButNothingElse() {
    String digits = "f39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    assertEquals(
        BridgeAddress.fromHex("0x" + digits.toLowerCase(java.util.Locale.ROOT)),
        BridgeAddress.fromHex("0x" + digits));
    for (String wrong :
        new String[] {"", "0x", digits, "0x" + digits + "0", "0x" + digits.replace('f', 'g')}) {
      assertThrows(IllegalArgumentException.class, () -> BridgeAddress.fromHex(wrong));
      assertThrows(IllegalArgumentException.class, () -> Hash32.fromHex(wrong));
    }
    assertThrows(IllegalArgumentException.class, () -> Hash32.of(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> BridgeAddress.of(new byte[21]));
  }

  @Test
  void bytesAreReadFromTheMiddleOfAFrameButNotBeyondIt() {
    byte[] frame = new byte[40];
    frame[8] = 1;
    assertEquals(1, Hash32.of(frame, 8).toBytes()[0]);
    assertEquals(1, BridgeAddress.of(frame, 8).toBytes()[0]);
    assertThrows(IndexOutOfBoundsException.class, () -> Hash32.of(frame, 9));
    assertThrows(IndexOutOfBoundsException.class, () -> BridgeAddress.of(frame, 21));
  }
}
