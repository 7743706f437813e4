package dev.mallard.chain.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mallard.stake.Hash32;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeadNoticeTest {
  private static final String HASH = "0x" + "ab".repeat(32);

  @Test
  void noticeNamesItsBlock() {
    String message =
        "{\"jsonrpc\":\"2.0\",\"method\":\"eth_subscription\",\"params\":{\"subscription\":\"0x1\","
            + "\"result\":{\"number\":\"0x7\",\"hash\":\""
            + HASH
            + "\"}}}";
    assertEquals(Optional.of(Hash32.fromHex(HASH)), new HeadNotice().block(message));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[]",
        "7",
        "{\"params\":7}",
        "{\"params\":{\"result\":{\"hash\":7}}}",
        "{\"params\":{\"result\":{\"hash\":\"0x77\"}}}"
      })
  void whateverElseComesNamesNone(String message) {
    assertEquals(Optional.empty(), new HeadNotice().block(message));
  }
}
