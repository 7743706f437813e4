package dev.mallard.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LookPaceTest {
  private static final int POLL_MILLIS = 100;
  private final LookPace pace = new LookPace(POLL_MILLIS);

  private void requireHintsCome(boolean hintsCome) {
    assertEquals(hintsCome ? 400 : POLL_MILLIS, pace.waitMillis());
  }

  @Test
  void looksAreRareWhileHintsFindTheBlocks() {
    requireHintsCome(false);
    pace.onLook(true, true);
    requireHintsCome(true);
    pace.onLook(false, false);
    requireHintsCome(true);
    pace.onLook(true, true);
    requireHintsCome(true);
  }

  @Test
  void aBlockWithoutAHintEndsIt() {
    pace.onLook(true, true);
    pace.onLook(false, true);
    requireHintsCome(false);
  }

  @Test
  void aHintThatFindsNothingProvesNothing() {
    pace.onLook(true, false);
    requireHintsCome(false);
    pace.onLook(false, true);
    pace.onLook(true, false);
    requireHintsCome(false);
  }
}
