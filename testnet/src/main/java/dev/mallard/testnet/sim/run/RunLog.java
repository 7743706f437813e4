package dev.mallard.testnet.sim.run;

import java.io.PrintWriter;

/** Lines of progress on long work, at most one in a while; any thread. */
public final class RunLog {
  private static final long GAP_NANOS = 3_000_000_000L;

  private final PrintWriter out;
  private long lastAt = System.nanoTime();

  /** Writes to a console or log. */
  public RunLog(PrintWriter out) {
    this.out = out;
  }

  /** A line that must not be missed. */
  public synchronized void say(String line) {
    out.println(line);
    out.flush();
  }

  /** A line of progress, unless there was one just now. */
  public synchronized void progress(String line) {
    long now = System.nanoTime();
    if (now - lastAt >= GAP_NANOS) {
      lastAt = now;
      say(line);
    }
  }
}
