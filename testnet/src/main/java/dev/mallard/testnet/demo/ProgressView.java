package dev.mallard.testnet.demo;

import dev.mallard.testnet.localnet.Progress;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * What happens, while it happens: on a terminal a few lines that are redrawn below the log, in a
 * plain log the same figures as one line whenever they changed, at most every few seconds.
 */
public final class ProgressView implements Progress {
  private static final long PLAIN_GAP_MILLIS = 3_000;
  private static final String ERASE_LINE = "\u001b[2K";
  private static final String LINE_UP = "\u001b[1A";

  private final PrintWriter out;
  private final boolean terminal;
  private final LongSupplier clockMillis;
  private final long startMillis;
  private int drawn;
  private long plainMillis;
  private String plainLine = "";

  /**
   * A view that has shown nothing yet.
   *
   * @param terminal whether escape sequences are understood
   */
  public ProgressView(PrintWriter out, boolean terminal, LongSupplier clockMillis) {
    this.out = out;
    this.terminal = terminal;
    this.clockMillis = clockMillis;
    this.startMillis = clockMillis.getAsLong();
    this.plainMillis = startMillis - PLAIN_GAP_MILLIS;
  }

  /** A line that stays. */
  @Override
  public synchronized void onStep(String line) {
    erase();
    long seconds = (clockMillis.getAsLong() - startMillis) / 1000;
    out.println(String.format(Locale.ROOT, "%3d s  %s", seconds, line));
    out.flush();
  }

  /**
   * The figures of now.
   *
   * @param lines for a terminal
   * @param summary the same in one line
   */
  public synchronized void onFigures(List<String> lines, String summary) {
    if (terminal) {
      erase();
      lines.forEach(line -> out.println("       " + line));
      drawn = lines.size();
      out.flush();
      return;
    }
    long now = clockMillis.getAsLong();
    if (!summary.equals(plainLine) && now - plainMillis >= PLAIN_GAP_MILLIS) {
      plainLine = summary;
      plainMillis = now;
      onStep("  " + summary);
    }
  }

  /** Takes the redrawn lines away. */
  public synchronized void erase() {
    for (; drawn > 0; drawn--) {
      out.print(LINE_UP + ERASE_LINE);
    }
    out.flush();
  }
}
