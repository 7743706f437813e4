package dev.mallard.testnet.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressViewTest {
  private final StringWriter text = new StringWriter();
  private final AtomicLong clock = new AtomicLong(50_000);

  @Test
  void aPlainLogHasNoEscapesAndFewLines() {
    ProgressView view = view(false);
    view.onStep("begin");
    for (int i = 0; i < 100; i++) {
      clock.addAndGet(100);
      view.onFigures(List.of("a " + i, "b"), "summary " + i);
    }
    assertFalse(text.toString().contains("\u001b"), text::toString);
    assertEquals(5, text.toString().lines().count(), text::toString);
    assertTrue(text.toString().startsWith("  0 s  begin"), text::toString);
  }

  @Test
  void figuresThatStandStillAreSaidOnce() {
    ProgressView view = view(false);
    for (int i = 0; i < 10; i++) {
      clock.addAndGet(5_000);
      view.onFigures(List.of("same"), "same");
    }
    assertEquals(1, text.toString().lines().count(), text::toString);
  }

  @Test
  void aTerminalRedrawsItsFigures() {
    ProgressView view = view(true);
    view.onFigures(List.of("one", "two"), "summary");
    view.onFigures(List.of("three", "four"), "summary");
    assertEquals(2, text.toString().split("\u001b\\[1A", -1).length - 1);
    view.erase();
    assertTrue(text.toString().endsWith("\u001b[1A\u001b[2K"), text::toString);
  }

  private ProgressView view(boolean terminal) {
    return new ProgressView(new PrintWriter(text), terminal, clock::get);
  }
}
