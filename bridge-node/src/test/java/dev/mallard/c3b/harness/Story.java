package dev.mallard.c3b.harness;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * The last events of a run, for whoever has to understand a failure, and a digest of all of them.
 */
public final class Story {
  private static final int LINES_MAX = 60;

  private final Deque<String> lines = new ArrayDeque<>();
  private long digest = 1;

  /** Adds an event. */
  public void tell(long now, String who, String what) {
    digest = digest * 31 + now;
    digest = digest * 31 + who.hashCode();
    digest = digest * 31 + what.hashCode();
    lines.addLast(Story.line("%7d ms  %-4s %s", now, who, what));
    if (lines.size() > LINES_MAX) {
      lines.removeFirst();
    }
  }

  /** A formatted line that reads the same on every machine. */
  @SuppressWarnings("AnnotateFormatMethod") // its annotation is no dependency of ours
  static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Equal for equal runs. */
  public long digest() {
    return digest;
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
